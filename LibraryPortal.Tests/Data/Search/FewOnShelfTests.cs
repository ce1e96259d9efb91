using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>Being on the shelf is in the index itself: it changes when the last copy goes and when the first comes back.</summary>
public sealed class FewOnShelfTests
{
    readonly SqliteTitleSearch _search = new();

    [Fact]
    public async Task Titles_ComeAndGoWithTheirLastCopy()
    {
        await using var database = await TestDatabase.CreateAsync();
        var title = new Title(new() { Name = "River", Subjects = ["Novel"] }, DateTimeOffset.UnixEpoch);
        title.AddCopy("one");
        title.AddCopy("two");
        await database.AddAsync(title, new Title(new() { Name = "Other river" }, DateTimeOffset.UnixEpoch));
        Assert.Equal(["River"], await OnShelfAsync(database, "river"));

        await ChangeAsync(database, "one", copy => copy.Lend());
        Assert.Equal(["River"], await OnShelfAsync(database, "river"));
        await ChangeAsync(database, "two", copy => copy.Lend());
        Assert.Empty(await OnShelfAsync(database, "river"));
        Assert.Empty(await OnShelfAsync(database, null));
        Assert.Equal(2, (await AskAsync(database, "river", isAvailable: false)).Total);

        await ChangeAsync(database, "one", copy => copy.Release());
        Assert.Equal(["River"], await OnShelfAsync(database, "river"));
        Assert.Equal(["River"], await OnShelfAsync(database, null));
        var found = await AskAsync(database, "river", isAvailable: false);
        Assert.Equal((2, 1, 1), (found.Total, found.Available, found.Facets.Single(facet => facet.Value == "Novel").Count));
    }

    [Theory]
    [InlineData(TitleSort.Title)]
    [InlineData(TitleSort.Author)]
    [InlineData(TitleSort.Year)]
    [InlineData(TitleSort.Newest)]
    [InlineData(TitleSort.Requested)]
    public async Task LargeScopes_ComeInTheOrderOfSmallOnes(TitleSort sort)
    {
        await using var database = await TestDatabase.CreateAsync();
        var random = new Random(7);
        await database.AddAsync([.. Enumerable.Range(0, 300).Select(i => (object)new Title(
            new()
            {
                Name = $"{(i % 3 == 0 ? "River" : "Stone")} {random.Next(50)}",
                Authors = random.Next(4) == 0 ? [] : [$"Ann {(char)('A' + random.Next(26))}ast"],
                Year = random.Next(5) == 0 ? null : 1900 + random.Next(20),
            }, DateTimeOffset.UnixEpoch))]);
        await using var context = database.Open();
        await using var reader = await SearchReader.OpenAsync(context, default);
        var scope = new SearchScope("\"river\"", IsAvailable: false);
        var expected = TitleOrder.Page(reader, scope.Find(reader, 1_000), sort, 0, 100, 300);
        Assert.Equal(100, expected.Count);
        foreach (var remembers in new[] { true, false })
        {
            Assert.Equal(expected, TitleOrder.Walk(reader, scope, sort, 0, 100, remembers));
            Assert.Equal(expected[40..50], TitleOrder.Walk(reader, scope, sort, 40, 10, remembers));
        }
    }

    async Task<IReadOnlyList<string>> OnShelfAsync(TestDatabase database, string? text)
    {
        var ids = (await AskAsync(database, text, isAvailable: true)).Ids;
        await using var context = database.Open();
        return await context.Titles.Where(title => ids.Contains(title.Id)).Select(title => title.Name).ToListAsync();
    }

    async Task<TitleSearchAnswer> AskAsync(TestDatabase database, string? text, bool isAvailable)
    {
        await using var context = database.Open();
        return await _search.SearchAsync(context, new TitleSearchRequest { Text = text, IsAvailable = isAvailable, Take = 10, WantsFacets = true }, default);
    }

    static async Task ChangeAsync(TestDatabase database, string barcode, Action<Copy> change)
    {
        await using var context = database.Open();
        change(await context.Copies.SingleAsync(copy => copy.Barcode == barcode));
        await context.SaveChangesAsync();
    }
}
