using System.Globalization;
using LibraryPortal.Data.Bulk;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data.Search;

/// <summary>
/// Indexes many titles at once, in the writer's transaction: each facet value and each word is counted once for all of them, where the triggers of
/// <see cref="SearchSchema"/> count it once for each. The result is the same.
/// </summary>
internal sealed class IndexInBulk(SqliteConnection connection)
{
    const string CountValue = """
        INSERT INTO FacetValues (Kind, Value, Titles) VALUES (?1, ?2, ?3)
        ON CONFLICT (Kind, Value) DO UPDATE SET Titles = Titles + excluded.Titles RETURNING Id
        """;

    const string CountWord = "INSERT INTO SearchWords (Word, Titles) VALUES (?1, ?2) ON CONFLICT (Word) DO UPDATE SET Titles = Titles + excluded.Titles";

    const string AddFacts = """
        INSERT INTO TitleFacts (TitleId, Facets, Free, Requests, Words, Year, TitleKey, AuthorKey) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    const string AddText = """
        INSERT INTO TitleSearch (rowid, SearchName, SearchAuthors, SearchSubjects, SearchIsbn, Facets) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    /// <summary>Until <see cref="Resume"/> the triggers leave new titles and copies alone. Nobody else ever sees them paused: it must end before the transaction does.</summary>
    public void Pause() => Execute("INSERT INTO SearchPause (Id) VALUES (1)");

    public void Resume() => Execute("DELETE FROM SearchPause");

    /// <summary>Indexes titles that are not indexed yet, with the copies they have now. Call it while the triggers are paused.</summary>
    public void Add(IReadOnlyList<IndexedTitle> titles)
    {
        if (titles.Count == 0)
            return;
        var values = titles.Select(title => FacetsOf(title).ToHashSet()).ToList();
        var codes = CountValues(titles, values);
        using var facts = new BulkStatement(connection, AddFacts);
        using var text = new BulkStatement(connection, AddText);
        for (var i = 0; i < titles.Count; i++)
        {
            var title = titles[i];
            var own = string.Join(' ', values[i].Order(FacetValue.Order).Select(value => FacetToken.Write(codes[value])));
            var facets = title.Free > 0 ? $"{FacetToken.OnShelf} {own}" : own;
            facts.Run(title.Id, facets, title.Free, title.Requests, title.SearchName.AsSpan().Count(' ') + 1, title.Year, title.SortKey, title.AuthorKey);
            text.Run(title.Id, title.SearchName, title.SearchAuthors, title.SearchSubjects, title.SearchIsbn, facets);
        }

        CountWords(titles);
    }

    Dictionary<FacetValue, int> CountValues(IReadOnlyList<IndexedTitle> titles, List<HashSet<FacetValue>> values)
    {
        Dictionary<FacetValue, int> counts = [];
        foreach (var value in values.SelectMany(each => each))
            counts[value] = counts.GetValueOrDefault(value) + 1;
        using var count = new BulkStatement(connection, CountValue);
        Dictionary<FacetValue, int> codes = [];
        foreach (var (value, number) in counts)
            codes[value] = FacetToken.Code(value.Kind, (int)count.Run((int)value.Kind, value.Text, number));
        count.Run(SearchSchema.AllTitles, "", titles.Count);
        if (titles.Count(title => title.Free > 0) is > 0 and var free)
            count.Run(SearchSchema.TitlesOnShelf, "", free);
        return codes;
    }

    void CountWords(IReadOnlyList<IndexedTitle> titles)
    {
        // Neighbours in the table one after the other: they lie on the same pages.
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (var title in titles)
        {
            foreach (var word in $"{title.SearchName} {title.SearchAuthors} {title.SearchSubjects}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        using var count = new BulkStatement(connection, CountWord);
        foreach (var (word, number) in counts)
            count.Run(word, number);
    }

    static IEnumerable<FacetValue> FacetsOf(IndexedTitle title)
    {
        foreach (var subject in title.Subjects)
            yield return new FacetValue(FacetKind.Subject, subject);
        foreach (var author in title.Authors)
            yield return new FacetValue(FacetKind.Author, author);
        if (title.Year is { } year)
            yield return new FacetValue(FacetKind.Decade, (year - (((year % 10) + 10) % 10)).ToString(CultureInfo.InvariantCulture));
        if (title.Language is { } language)
            yield return new FacetValue(FacetKind.Language, language);
    }

    void Execute(string sql)
    {
        using var statement = new BulkStatement(connection, sql);
        statement.Run();
    }
}
