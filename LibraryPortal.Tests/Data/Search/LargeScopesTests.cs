using LibraryPortal.Data;
using LibraryPortal.Data.Search;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Data.Search;

/// <summary>Where a search finds thousands of titles, it looks at a part of them, says so, and still leads with what fits best.</summary>
public sealed class LargeScopesTests
{
    const int Titles = 5_200, Novels = 150, LastRivers = 10, OnShelf = 3;

    readonly SqliteTitleSearch _search = new();

    [Fact]
    public async Task OfThousands_APartIsCountedAndTheBestComeFirst()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync([.. Enumerable.Range(0, Titles).Select(Make)]);
        await using var context = database.Open();
        var all = await AskAsync(context, new() { Text = "river", WantsFacets = true });
        Assert.Equal((Titles, false), (all.Total, all.IsTotalAtLeast));
        var history = all.Facets.Single(facet => facet.Value == "History");
        Assert.True(history.IsAtLeast);
        Assert.InRange(history.Count, 1, Titles - Novels - 1);
        // Few: they are counted to the last.
        Assert.Equal((OnShelf, false), (all.Available, all.IsAvailableAtLeast));

        var narrowed = await AskAsync(context, new()
        {
            Text = "river",
            Chosen = new Dictionary<FacetKind, IReadOnlyList<string>> { [FacetKind.Subject] = ["History"] },
        });
        Assert.Equal(Titles - Novels, narrowed.Total);
        Assert.Equal(LastRivers, await context.Titles.CountAsync(title => narrowed.Ids.Contains(title.Id) && title.Name == "River"));
        var onShelf = await AskAsync(context, new() { Text = "river", IsAvailable = true, WantsFacets = true });
        Assert.Equal((OnShelf, OnShelf), (onShelf.Total, onShelf.Available));

        foreach (var title in await context.Titles.OrderBy(title => title.Id).Take(400).ToListAsync())
            title.AddCopy($"many {title.Id}");
        await context.SaveChangesAsync();
        var many = await AskAsync(context, new() { Text = "river", WantsFacets = true });
        Assert.True(many.IsAvailableAtLeast);
        Assert.Equal(400, many.Available);
    }

    [Fact]
    public async Task Pages_FollowEachOtherThroughAllParts()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.AddAsync([.. Enumerable.Range(0, Titles).Select(Make)]);
        await using var context = database.Open();
        var all = (await _search.SearchAsync(context, new() { Text = "river", Take = Titles }, default)).Ids;
        Assert.Equal(Titles, all.Distinct().Count());
        foreach (var skip in new[] { 0, 2_490, 4_000, Titles - 20 })
            Assert.Equal(all.Skip(skip).Take(20), (await _search.SearchAsync(context, new() { Text = "river", Skip = skip, Take = 20 }, default)).Ids);
    }

    static Title Make(int i)
    {
        var title = new Title(
            new()
            {
                Name = i is < Novels or >= Titles - LastRivers ? "River" : "Long river",
                Subjects = [i < Novels ? "Novel" : "History"],
                Authors = [$"Author {i}"],
            }, DateTimeOffset.UnixEpoch);
        if (i >= Titles - OnShelf)
            title.AddCopy($"one {i}");
        return title;
    }

    Task<TitleSearchAnswer> AskAsync(PortalDbContext context, TitleSearchRequest request) =>
        _search.SearchAsync(context, request with { Take = LastRivers }, default);
}
