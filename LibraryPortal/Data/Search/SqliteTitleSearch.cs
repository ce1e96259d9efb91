using LibraryPortal.Domain.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Search;

/// <summary>
/// Full-text search with SQLite's FTS5: the one place with SQL of it. The index has no copy of the text; triggers keep it in step with the
/// titles, and it can be rebuilt from them at any time.
/// </summary>
internal sealed class SqliteTitleSearch : ITitleSearch
{
    const string Columns = "SearchName, SearchAuthors, SearchSubjects, SearchIsbn";

    // Two to four letters are what people have typed when the first results should be there.
    const string Index = """
        CREATE VIRTUAL TABLE TitleSearch USING fts5(SearchName, SearchAuthors, SearchSubjects, SearchIsbn,
        content='Titles', content_rowid='Id', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4')
        """;

    const string Added = $"""
        CREATE TRIGGER TitleSearchAdded AFTER INSERT ON Titles BEGIN
        INSERT INTO TitleSearch(rowid, {Columns}) VALUES (new.Id, new.SearchName, new.SearchAuthors, new.SearchSubjects, new.SearchIsbn); END
        """;

    const string Removed = $"""
        CREATE TRIGGER TitleSearchRemoved AFTER DELETE ON Titles BEGIN
        INSERT INTO TitleSearch(TitleSearch, rowid, {Columns}) VALUES ('delete', old.Id, old.SearchName, old.SearchAuthors, old.SearchSubjects, old.SearchIsbn); END
        """;

    const string Changed = $"""
        CREATE TRIGGER TitleSearchChanged AFTER UPDATE OF Id, {Columns} ON Titles BEGIN
        INSERT INTO TitleSearch(TitleSearch, rowid, {Columns}) VALUES ('delete', old.Id, old.SearchName, old.SearchAuthors, old.SearchSubjects, old.SearchIsbn);
        INSERT INTO TitleSearch(rowid, {Columns}) VALUES (new.Id, new.SearchName, new.SearchAuthors, new.SearchSubjects, new.SearchIsbn); END
        """;

    const string Drop = """
        DROP TRIGGER IF EXISTS TitleSearchAdded; DROP TRIGGER IF EXISTS TitleSearchRemoved; DROP TRIGGER IF EXISTS TitleSearchChanged;
        DROP TABLE IF EXISTS TitleSearch;
        """;

    // An exact title comes first whatever else matches; then a word in the title weighs more than an author, an author more than a subject.
    const string Find = """
        SELECT rowid AS Value FROM TitleSearch WHERE TitleSearch MATCH $match
        ORDER BY rowid IN (SELECT Id FROM Titles WHERE SortKey IN (SELECT value FROM json_each($keys))) DESC,
        bm25(TitleSearch, 10.0, 5.0, 2.0, 1.0), rowid LIMIT $take OFFSET $skip
        """;

    const string Count = "SELECT COUNT(*) AS Value FROM TitleSearch WHERE TitleSearch MATCH $match";

    static readonly string[] Parts = [Index, Added, Removed, Changed];

    public async Task PrepareAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        if (await IsCurrentAsync(database, cancellationToken))
            return;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Database.ExecuteSqlRawAsync(Drop, cancellationToken);
        foreach (var definition in Parts)
            await database.Database.ExecuteSqlRawAsync(definition, cancellationToken);
        await database.Database.ExecuteSqlRawAsync("INSERT INTO TitleSearch(TitleSearch) VALUES ('rebuild')", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<TitleMatches> FindAsync(PortalDbContext database, string text, int skip, int take, CancellationToken cancellationToken)
    {
        if (Isbn.TryParse(text, out var isbn))
            return await FindIsbnAsync(database, isbn, skip, cancellationToken);
        if (TitleSearchQuery.All(text) is not { } all)
            return TitleMatches.None;
        var strict = await FindAsync(database, all, text, skip, take, cancellationToken);
        if (strict.Total > 0 || TitleSearchQuery.Any(text) is not { } any)
            return strict;
        return await FindAsync(database, any, text, skip, take, cancellationToken) with { IsLoose = true };
    }

    static async Task<TitleMatches> FindIsbnAsync(PortalDbContext database, Isbn isbn, int skip, CancellationToken cancellationToken)
    {
        var ids = await database.Titles.Where(title => title.Isbn13 == isbn.Thirteen).OrderBy(title => title.Id)
            .Select(title => title.Id).ToListAsync(cancellationToken);
        return new TitleMatches([.. ids.Skip(skip)], ids.Count);
    }

    static async Task<TitleMatches> FindAsync(
        PortalDbContext database, string match, string text, int skip, int take, CancellationToken cancellationToken)
    {
        var total = await database.Database.SqlQueryRaw<int>(Count, new SqliteParameter("$match", match)).SingleAsync(cancellationToken);
        if (total <= skip)
            return new TitleMatches([], total);
        var keys = System.Text.Json.JsonSerializer.Serialize(TitleKey.Candidates(text));
        // ToListAsync on the bare query keeps EF from wrapping it, which would lose the order.
        var ids = await database.Database.SqlQueryRaw<int>(Find,
            new SqliteParameter("$match", match), new SqliteParameter("$keys", keys), new SqliteParameter("$take", take), new SqliteParameter("$skip", skip))
            .ToListAsync(cancellationToken);
        return new TitleMatches(ids, total);
    }

    static async Task<bool> IsCurrentAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var present = await database.Database
            .SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE name LIKE 'TitleSearch%' AND sql IS NOT NULL AND type IN ('table', 'trigger')")
            .ToListAsync(cancellationToken);
        return Parts.All(present.Contains);
    }
}
