using LibraryPortal.Data;
using LibraryPortal.Data.Bulk;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>Titles indexed many at a time are indexed as the triggers do it one by one.</summary>
public sealed class IndexInBulkTests
{
    static readonly string[] Tables =
    [
        "SELECT TitleId || '|' || Free || '|' || Requests || '|' || Words || '|' || COALESCE(Year, 'none') || '|' || TitleKey || '|' || AuthorKey AS Value FROM TitleFacts",
        "SELECT Kind || '|' || lower(Value) || '|' || Titles AS Value FROM FacetValues",
        "SELECT Word || '|' || Titles AS Value FROM SearchWords",
        "SELECT Letters || '|' || Word AS Value FROM SearchWordKeys",
        "SELECT CAST(Id AS TEXT) AS Value FROM SearchPause",
    ];

    [Fact]
    public async Task Tables_AreWhatTheTriggersWrite()
    {
        await using var one = await TestDatabase.CreateAsync();
        await using var bulk = await TestDatabase.CreateAsync();
        await using var anew = await TestDatabase.CreateAsync();
        foreach (var titles in Deliveries())
        {
            await one.AddAsync([.. titles()]);
            await anew.AddAsync([.. titles()]);
            await AddInBulkAsync(bulk, titles());
        }

        await FillAnewAsync(anew);
        foreach (var table in Tables)
        {
            var expected = await ReadAsync(one, table);
            Assert.Equal(expected, await ReadAsync(bulk, table));
            Assert.Equal(expected, await ReadAsync(anew, table));
        }
    }

    [Theory]
    [InlineData("émigré", null)]
    [InlineData(null, "NOVEL")]
    [InlineData("river", "novel")]
    [InlineData("9782070360024", null)]
    public async Task Search_FindsTheSame(string? text, string? subject)
    {
        await using var one = await TestDatabase.CreateAsync();
        await using var bulk = await TestDatabase.CreateAsync();
        foreach (var titles in Deliveries())
        {
            await one.AddAsync([.. titles()]);
            await AddInBulkAsync(bulk, titles());
        }

        var expected = await FindAsync(one, text, subject);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await FindAsync(bulk, text, subject));
    }

    [Fact]
    public async Task CopyOfATitleThatWasThere_IsCountedToo()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync(Make("Old", []));
        await using (var context = database.Open())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            var old = await context.Titles.SingleAsync();
            context.Copies.Add(old.AddCopy("late"));
            context.InsertImported([(Make("New", ["n"]), 2)], importId: null);
            context.InsertAddedCopies();
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        await database.AddAsync(Make("After", ["c"]));
        Assert.Equal(["After|1", "New|1", "Old|1"], await ReadAsync(database, "SELECT Name || '|' || Free AS Value FROM TitleFacts JOIN Titles ON Titles.Id = TitleId"));
    }

    static async Task AddInBulkAsync(TestDatabase database, IReadOnlyList<Title> titles)
    {
        await using var context = database.Open();
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.InsertImported([.. titles.Select((title, i) => (title, i + 2))], importId: null);
        await transaction.CommitAsync();
    }

    static async Task FillAnewAsync(TestDatabase database)
    {
        await using var context = database.Open();
        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER TitleSearchAdded");
        await new SqliteTitleSearch().PrepareAsync(context, default);
    }

    static async Task<List<string>> ReadAsync(TestDatabase database, string table)
    {
        await using PortalDbContext context = database.Open();
        return [.. (await context.Database.SqlQueryRaw<string>(table).ToListAsync()).Order(StringComparer.Ordinal)];
    }

    static async Task<IReadOnlyList<int>> FindAsync(TestDatabase database, string? text, string? subject)
    {
        await using var context = database.Open();
        return (await new SqliteTitleSearch().SearchAsync(context, new TitleSearchRequest
        {
            Text = text,
            Chosen = subject is null ? new Dictionary<FacetKind, IReadOnlyList<string>>() : new() { [FacetKind.Subject] = [subject] },
            Take = 50,
        }, default)).Ids;
    }

    // Capitals that differ, words that repeat, years before the first, nothing at all.
    static IEnumerable<Func<IReadOnlyList<Title>>> Deliveries()
    {
        yield return () =>
        [
            Make("The River", ["a1", "a2"], new() { Name = "", Authors = ["Émile Zola", "ÉMILE ZOLA"], Subjects = ["Novel", "novel", "History"], Year = 1871, Language = "fr" }),
            Make("River, River", [], new() { Name = "", Subjects = ["History"], Year = -7, Language = "en" }),
            Make("L’Émigré", ["a3"], new() { Name = "", Isbn = Isbn.TryParse("2070360024", out var isbn) ? isbn : null, Year = -10 }),
        ];
        yield return () =>
        [
            Make("A river again", ["a4"], new() { Name = "", Authors = ["émile zola"], Subjects = ["NOVEL"], Year = 0, Language = "fr" }),
            Make("???", []),
        ];
    }

    static Title Make(string name, string[] barcodes, TitleDetails? details = null)
    {
        var title = new Title((details ?? new TitleDetails { Name = name }) with { Name = name }, DateTimeOffset.UnixEpoch);
        foreach (var barcode in barcodes)
            title.AddCopy(barcode);
        return title;
    }
}
