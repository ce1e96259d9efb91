namespace LibraryPortal.Data.Search;

/// <summary>
/// The tables and triggers of search on SQLite. All of it is derived: triggers keep it in step with titles, copies and requests, whoever changes them,
/// and it can be made anew from them.
/// <para>
/// TitleSearch: the full-text index, the title's facets among its words. TitleFacts: a narrow row per title with what ranking, sorting and counting
/// read for thousands of titles at a time. FacetValues: every value to narrow by, with its number of titles (two more kinds count all titles and those
/// on the shelf). SearchWords, SearchWordKeys: the words there are, and each without one of its letters, by which a mistyped word is found. SearchPause:
/// holds a row while <see cref="IndexInBulk"/> does the work of the triggers.
/// </para>
/// </summary>
internal static class SearchSchema
{
    /// <summary>Words beyond are not looked for when one is mistyped; those below are too short to tell apart.</summary>
    public const int ShortestWord = 3, LongestWord = 24;

    /// <summary>Kinds of FacetValues that nobody chooses: all titles, and those on the shelf.</summary>
    public const int AllTitles = 0, TitlesOnShelf = 5;

    /// <summary>The token of titles on the shelf, with what separates it from the next.</summary>
    static readonly string OnShelf = $"char({FacetToken.First}, {FacetToken.First}, 32)";

    const string IsAwake = "NOT EXISTS (SELECT 1 FROM SearchPause)";

    const string Columns = "SearchName, SearchAuthors, SearchSubjects, SearchIsbn";

    // Contentless: the text stands in Titles already. Up to four letters are what people have typed when the first results should be there.
    const string Index = """
        CREATE VIRTUAL TABLE TitleSearch USING fts5(SearchName, SearchAuthors, SearchSubjects, SearchIsbn, Facets,
        content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')
        """;

    const string Facts = """
        CREATE TABLE TitleFacts (TitleId INTEGER PRIMARY KEY, Facets TEXT NOT NULL, Free INTEGER NOT NULL, Requests INTEGER NOT NULL,
        Words INTEGER NOT NULL, Year INTEGER NULL, TitleKey TEXT NOT NULL, AuthorKey TEXT NOT NULL)
        """;

    const string FactsByRequests = "CREATE INDEX TitleFactsByRequests ON TitleFacts (Requests DESC, TitleId) WHERE Requests > 0";

    const string Values = """
        CREATE TABLE FacetValues (Id INTEGER PRIMARY KEY, Kind INTEGER NOT NULL, Value TEXT NOT NULL COLLATE NOCASE, Titles INTEGER NOT NULL,
        UNIQUE (Kind, Value))
        """;

    const string ValuesByTitles = "CREATE INDEX FacetValuesByTitles ON FacetValues (Kind, Titles DESC)";

    const string Words = "CREATE TABLE SearchWords (Word TEXT PRIMARY KEY, Titles INTEGER NOT NULL) WITHOUT ROWID";

    const string WordKeys = "CREATE TABLE SearchWordKeys (Letters TEXT NOT NULL, Word TEXT NOT NULL, PRIMARY KEY (Letters, Word)) WITHOUT ROWID";

    const string Pause = "CREATE TABLE SearchPause (Id INTEGER PRIMARY KEY)";

    static readonly string WordAdded = $"""
        CREATE TRIGGER SearchWordAdded AFTER INSERT ON SearchWords WHEN length(new.Word) BETWEEN {ShortestWord} AND {LongestWord} BEGIN
        INSERT OR IGNORE INTO SearchWordKeys (Letters, Word)
        SELECT substr(new.Word, 1, value - 1) || substr(new.Word, value + 1), new.Word
        FROM json_each('[{string.Join(',', Enumerable.Range(1, LongestWord))}]') WHERE value <= length(new.Word); END
        """;

    static readonly string Added = $"CREATE TRIGGER TitleSearchAdded AFTER INSERT ON Titles WHEN {IsAwake} BEGIN {Add("new")} END";

    static readonly string Removed = $"CREATE TRIGGER TitleSearchRemoved AFTER DELETE ON Titles BEGIN {Remove("old")} END";

    static readonly string Changed = $"""
        CREATE TRIGGER TitleSearchChanged AFTER UPDATE OF Id, {Columns}, Subjects, Authors, Year, Language, SortKey, AuthorKey ON Titles BEGIN
        {Remove("old")} {Add("new")} END
        """;

    const string CopyAdded = $"""
        CREATE TRIGGER SearchCopyAdded AFTER INSERT ON Copies WHEN new.State = 'Available' AND {IsAwake} BEGIN
        UPDATE TitleFacts SET Free = Free + 1 WHERE TitleId = new.TitleId; END
        """;

    const string CopyRemoved = """
        CREATE TRIGGER SearchCopyRemoved AFTER DELETE ON Copies WHEN old.State = 'Available' BEGIN
        UPDATE TitleFacts SET Free = Free - 1 WHERE TitleId = old.TitleId; END
        """;

    const string CopyChanged = """
        CREATE TRIGGER SearchCopyChanged AFTER UPDATE OF State, TitleId ON Copies WHEN old.State <> new.State OR old.TitleId <> new.TitleId BEGIN
        UPDATE TitleFacts SET Free = Free - 1 WHERE TitleId = old.TitleId AND old.State = 'Available';
        UPDATE TitleFacts SET Free = Free + 1 WHERE TitleId = new.TitleId AND new.State = 'Available'; END
        """;

    const string FactsAdded = $"""
        CREATE TRIGGER TitleFactsAdded AFTER INSERT ON TitleFacts WHEN new.Free > 0 AND {IsAwake} BEGIN
        INSERT INTO FacetValues (Kind, Value, Titles) VALUES (5, '', 1) ON CONFLICT (Kind, Value) DO UPDATE SET Titles = Titles + 1; END
        """;

    const string FactsRemoved = """
        CREATE TRIGGER TitleFactsRemoved AFTER DELETE ON TitleFacts WHEN old.Free > 0 BEGIN
        UPDATE FacetValues SET Titles = Titles - 1 WHERE Kind = 5 AND Value = ''; END
        """;

    static readonly string FactsChanged = $"""
        CREATE TRIGGER TitleFactsChanged AFTER UPDATE OF Free ON TitleFacts WHEN (old.Free > 0) <> (new.Free > 0) BEGIN
        UPDATE TitleFacts SET Facets = CASE WHEN new.Free > 0 THEN {OnShelf} || Facets ELSE substr(Facets, 4) END WHERE TitleId = new.TitleId;
        DELETE FROM TitleSearch WHERE rowid = new.TitleId;
        INSERT INTO TitleSearch (rowid, {Columns}, Facets) SELECT t.Id, {Columns}, f.Facets
        FROM TitleFacts f CROSS JOIN Titles t ON t.Id = f.TitleId WHERE f.TitleId = new.TitleId;
        INSERT INTO FacetValues (Kind, Value, Titles) VALUES (5, '', new.Free > 0)
        ON CONFLICT (Kind, Value) DO UPDATE SET Titles = Titles + CASE WHEN new.Free > 0 THEN 1 ELSE -1 END; END
        """;

    const string RequestAdded = """
        CREATE TRIGGER SearchRequestAdded AFTER INSERT ON Requests WHEN new.TitleId IS NOT NULL BEGIN
        UPDATE TitleFacts SET Requests = Requests + 1 WHERE TitleId = new.TitleId; END
        """;

    const string RequestRemoved = """
        CREATE TRIGGER SearchRequestRemoved AFTER DELETE ON Requests WHEN old.TitleId IS NOT NULL BEGIN
        UPDATE TitleFacts SET Requests = Requests - 1 WHERE TitleId = old.TitleId; END
        """;

    const string RequestChanged = """
        CREATE TRIGGER SearchRequestChanged AFTER UPDATE OF TitleId ON Requests WHEN old.TitleId IS NOT new.TitleId BEGIN
        UPDATE TitleFacts SET Requests = Requests - 1 WHERE TitleId = old.TitleId;
        UPDATE TitleFacts SET Requests = Requests + 1 WHERE TitleId = new.TitleId; END
        """;

    /// <summary>In the order in which they can be made.</summary>
    public static IReadOnlyList<string> Parts { get; } =
    [
        Index, Facts, FactsByRequests, Values, ValuesByTitles, Words, WordKeys, Pause, WordAdded, FactsAdded, FactsRemoved, FactsChanged,
        Added, Removed, Changed, CopyAdded, CopyRemoved, CopyChanged, RequestAdded, RequestRemoved, RequestChanged,
    ];

    /// <summary>Removes all parts, of earlier definitions too.</summary>
    public const string Drop = """
        DROP TRIGGER IF EXISTS TitleSearchAdded; DROP TRIGGER IF EXISTS TitleSearchRemoved; DROP TRIGGER IF EXISTS TitleSearchChanged;
        DROP TRIGGER IF EXISTS SearchCopyAdded; DROP TRIGGER IF EXISTS SearchCopyRemoved; DROP TRIGGER IF EXISTS SearchCopyChanged;
        DROP TRIGGER IF EXISTS SearchRequestAdded; DROP TRIGGER IF EXISTS SearchRequestRemoved; DROP TRIGGER IF EXISTS SearchRequestChanged;
        DROP TABLE IF EXISTS TitleSearch; DROP TABLE IF EXISTS TitleFacts; DROP TABLE IF EXISTS FacetValues;
        DROP TABLE IF EXISTS SearchWords; DROP TABLE IF EXISTS SearchWordKeys; DROP TABLE IF EXISTS SearchPause;
        """;

    /// <summary>The definitions there are.</summary>
    public const string Present = """
        SELECT sql AS Value FROM sqlite_master WHERE type IN ('table', 'trigger', 'index') AND sql IS NOT NULL
        AND (name LIKE 'TitleSearch%' OR name LIKE 'TitleFacts%' OR name LIKE 'FacetValues%' OR name LIKE 'Search%')
        """;

    static string Add(string row) => $"""
        INSERT INTO FacetValues (Kind, Value, Titles) SELECT Kind, Value, 1 FROM ({FacetsOf(row)}) WHERE TRUE
        ON CONFLICT (Kind, Value) DO UPDATE SET Titles = Titles + 1;
        INSERT INTO TitleFacts (TitleId, Facets, Free, Requests, Words, Year, TitleKey, AuthorKey) VALUES ({row}.Id,
        CASE WHEN EXISTS (SELECT 1 FROM Copies WHERE TitleId = {row}.Id AND State = 'Available') THEN {OnShelf} ELSE '' END || (SELECT COALESCE(group_concat(char({FacetToken.First} + v.Kind * {FacetToken.PerKind} + v.Id / {FacetToken.Radix}, {FacetToken.First} + v.Id % {FacetToken.Radix}), ' '), '')
        FROM ({FacetsOf(row)}) f CROSS JOIN FacetValues v ON v.Kind = f.Kind AND v.Value = f.Value WHERE f.Kind > 0),
        (SELECT COUNT(*) FROM Copies WHERE TitleId = {row}.Id AND State = 'Available'), (SELECT COUNT(*) FROM Requests WHERE TitleId = {row}.Id),
        length({row}.SearchName) - length(replace({row}.SearchName, ' ', '')) + 1, {row}.Year, {row}.SortKey, {row}.AuthorKey);
        INSERT INTO TitleSearch (rowid, {Columns}, Facets) SELECT {row}.Id, {row}.SearchName, {row}.SearchAuthors, {row}.SearchSubjects, {row}.SearchIsbn, Facets
        FROM TitleFacts WHERE TitleId = {row}.Id;
        INSERT INTO SearchWords (Word, Titles) SELECT DISTINCT value, 1 FROM ({WordsOf(row)}) WHERE value <> ''
        ON CONFLICT (Word) DO UPDATE SET Titles = Titles + 1;
        """;

    static string Remove(string row) => $"""
        UPDATE FacetValues SET Titles = Titles - 1
        WHERE Id IN (SELECT v.Id FROM ({FacetsOf(row)}) f CROSS JOIN FacetValues v ON v.Kind = f.Kind AND v.Value = f.Value)
        AND EXISTS (SELECT 1 FROM TitleFacts WHERE TitleId = {row}.Id);
        UPDATE SearchWords SET Titles = Titles - 1 WHERE Word IN (SELECT value FROM ({WordsOf(row)}))
        AND EXISTS (SELECT 1 FROM TitleFacts WHERE TitleId = {row}.Id);
        DELETE FROM TitleSearch WHERE rowid = {row}.Id;
        DELETE FROM TitleFacts WHERE TitleId = {row}.Id;
        """;

    static string FacetsOf(string row) => $"""
        SELECT 0 AS Kind, '' COLLATE NOCASE AS Value
        UNION SELECT {(int)FacetKind.Subject}, value FROM json_each({row}.Subjects)
        UNION SELECT {(int)FacetKind.Author}, value FROM json_each({row}.Authors)
        UNION SELECT {(int)FacetKind.Decade}, CAST({row}.Year - ({row}.Year % 10 + 10) % 10 AS TEXT) WHERE {row}.Year IS NOT NULL
        UNION SELECT {(int)FacetKind.Language}, {row}.Language WHERE {row}.Language IS NOT NULL
        """;

    // The words are folded: letters and digits with one space between, so they need no escaping.
    static string WordsOf(string row) =>
        $"SELECT value FROM json_each('[\"' || replace({row}.SearchName || ' ' || {row}.SearchAuthors || ' ' || {row}.SearchSubjects, ' ', '\",\"') || '\"]')";
}
