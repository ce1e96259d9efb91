using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>Full-text search on a real database.</summary>
public sealed class SqliteTitleSearchTests
{
    readonly SqliteTitleSearch _search = new();

    [Theory]
    [InlineData("letranger")]
    [InlineData("l'etranger")]
    [InlineData("L’ÉTRANGER")]
    [InlineData("étranger")]
    [InlineData("etr")]
    [InlineData("camus etranger")]
    [InlineData("ALBERT cam")]
    [InlineData("existent")]
    [InlineData("2-07-036002-4")]
    [InlineData("9782070360024")]
    [InlineData("97820703")]
    public async Task Search_FindsATitleHoweverItIsTyped(string text)
    {
        await using var database = await CatalogAsync(
            new() { Name = "L’Étranger", Authors = ["Albert Camus"], Subjects = ["Existentialism"], Isbn = IsbnOf("2070360024") },
            new() { Name = "La Peste", Authors = ["Somebody Else"] });
        Assert.Equal(["L’Étranger"], await FindAsync(database, text));
    }

    [Theory]
    [InlineData("الفيل", "الفيل الأزرق")]
    [InlineData("الازرق", "الفيل الأزرق")]
    [InlineData("война", "Война и мир")]
    [InlineData("οδυσσεια", "Ὀδύσσεια")]
    [InlineData("源氏", "源氏物語")]
    [InlineData("catch22", "Catch-22")]
    [InlineData("salems", "'Salem's Lot")]
    [InlineData("girlboss", "#GIRLBOSS")]
    public async Task Search_KnowsScriptsAndSigns(string text, string name)
    {
        await using var database = await CatalogAsync([.. new[] { "الفيل الأزرق", "Война и мир", "Ὀδύσσεια", "源氏物語", "Catch-22", "'Salem's Lot", "#GIRLBOSS" }
            .Select(each => new TitleDetails { Name = each })]);
        Assert.Equal([name], await FindAsync(database, text));
    }

    [Fact]
    public async Task Ranking_PutsTheExactTitleFirstThenTitleAuthorSubject()
    {
        await using var database = await CatalogAsync(
            new() { Name = "A Book of Trees", Subjects = ["Emma"] },
            new() { Name = "Poems", Authors = ["Emma Stone"] },
            new() { Name = "Emma and Emma and Emma" },
            new() { Name = "The Emma", Authors = ["Jane Austen"], Subjects = ["Novel", "Love", "England", "Matchmaking"] });
        Assert.Equal(["The Emma", "Emma and Emma and Emma", "Poems", "A Book of Trees"], await FindAsync(database, "emma"));
    }

    [Fact]
    public async Task Search_WhenNoTitleHasAllWords_FindsThoseWithSomeAndSaysSo()
    {
        await using var database = await CatalogAsync(new() { Name = "It", Authors = ["Stephen King"] }, new() { Name = "Emma" });
        await using var context = database.Open();
        var loose = await _search.FindAsync(context, "shining by stephen king", 0, 10, default);
        Assert.True(loose.IsLoose);
        Assert.Single(loose.Ids);
        Assert.False((await _search.FindAsync(context, "stephen king", 0, 10, default)).IsLoose);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("emma\" OR \"1")]
    [InlineData("NEAR(emma persuasion)")]
    [InlineData("SearchName:emma")]
    [InlineData("emma*")]
    [InlineData("^emma")]
    [InlineData("-emma")]
    [InlineData("emma AND")]
    [InlineData("{emma}")]
    [InlineData("'; DROP TABLE Titles; --")]
    [InlineData("\u0000emma\ud800")]
    [InlineData("()")]
    [InlineData("AND OR NOT")]
    public async Task Search_WithSyntaxInTheText_TakesItAsWords(string text)
    {
        await using var database = await CatalogAsync(new TitleDetails { Name = "Emma" });
        // Not throwing is the point: what is found is at most the one title there is.
        Assert.InRange((await FindAsync(database, text)).Count, 0, 1);
        await using var context = database.Open();
        Assert.Equal(1, await context.Titles.CountAsync());
    }

    [Fact]
    public async Task Search_WithAHugeText_Answers()
    {
        await using var database = await CatalogAsync(new TitleDetails { Name = "Emma" });
        Assert.Empty(await FindAsync(database, string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"word{i}"))));
    }

    [Fact]
    public async Task Pages_AreCutFromOneOrder()
    {
        await using var database = await CatalogAsync([.. Enumerable.Range(1, 25).Select(i => new TitleDetails { Name = $"Volume {i:D2}" })]);
        await using var context = database.Open();
        var first = await _search.FindAsync(context, "volume", 0, 10, default);
        var last = await _search.FindAsync(context, "volume", 20, 10, default);
        Assert.Equal((25, 10, 5), (first.Total, first.Ids.Count, last.Ids.Count));
        Assert.Empty(first.Ids.Intersect(last.Ids));
    }

    [Fact]
    public async Task Index_FollowsChangesAndRemovals()
    {
        await using var database = await CatalogAsync(new() { Name = "Emma" }, new() { Name = "Persuasion" });
        await using (var context = database.Open())
        {
            var emma = await context.Titles.SingleAsync(title => title.Name == "Emma");
            emma.FillGaps(new TitleDetails { Name = "Emma", Subjects = ["Matchmaking"] });
            context.Titles.Remove(await context.Titles.SingleAsync(title => title.Name == "Persuasion"));
            await context.SaveChangesAsync();
        }

        Assert.Equal(["Emma"], await FindAsync(database, "matchmaking"));
        Assert.Empty(await FindAsync(database, "persuasion"));
    }

    [Fact]
    public async Task Prepare_WhenATriggerWasLost_MakesTheIndexWholeAgain()
    {
        await using var database = await CatalogAsync(new TitleDetails { Name = "Emma" });
        await using (var context = database.Open())
        {
            // What a migration that rebuilds the table does.
            await context.Database.ExecuteSqlRawAsync("DROP TRIGGER TitleSearchAdded");
            context.Titles.Add(new Title(new TitleDetails { Name = "Persuasion" }, DateTimeOffset.UnixEpoch));
            await context.SaveChangesAsync();
        }

        Assert.Empty(await FindAsync(database, "persuasion"));
        await using (var context = database.Open())
            await _search.PrepareAsync(context, default);

        Assert.Equal(["Persuasion"], await FindAsync(database, "persuasion"));
    }

    static Isbn IsbnOf(string text) => Isbn.TryParse(text, out var isbn) ? isbn : throw new ArgumentException(text);

    static async Task<TestDatabase> CatalogAsync(params TitleDetails[] titles)
    {
        var database = await TestDatabase.CreateAsync();
        await database.AddAsync([.. titles.Select(details => new Title(details, DateTimeOffset.UnixEpoch))]);
        return database;
    }

    async Task<IReadOnlyList<string>> FindAsync(TestDatabase database, string text)
    {
        await using PortalDbContext context = database.Open();
        var matches = await _search.FindAsync(context, text, 0, 50, default);
        var names = await context.Titles.Where(title => matches.Ids.Contains(title.Id)).ToDictionaryAsync(title => title.Id, title => title.Name);
        return [.. matches.Ids.Select(id => names[id])];
    }
}
