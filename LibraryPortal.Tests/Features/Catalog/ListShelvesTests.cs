using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Catalog;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Features.Catalog;

/// <summary>The shelves of the home page, and what they cost.</summary>
public sealed class ListShelvesTests
{
    [Fact]
    public async Task Newest_IsTheLastDeliveryMixed_BeforeTheOneBefore()
    {
        await using var library = await CreateAsync();
        await AddAsync(library, "Old", 20);
        library.Clock.Advance(TimeSpan.FromDays(1));
        await AddAsync(library, "New", 10);

        var shelf = (await library.Get<ListShelves>().NewestAsync()).Select(title => title.Name).ToList();

        Assert.Equal((14, 10), (shelf.Count, shelf.Count(name => name.StartsWith("New", StringComparison.Ordinal))));
        Assert.All(shelf[..10], name => Assert.StartsWith("New", name, StringComparison.Ordinal));
        Assert.NotEqual(shelf[..10].Order(StringComparer.Ordinal), shelf[..10]);
    }

    [Fact]
    public async Task MostRequested_IsWhatMostReadersAskedForLately()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        await library.RequestAsync(ada, await library.AddTitleAsync("Forgotten"));
        library.Clock.Advance(TimeSpan.FromDays(91));
        var (emma, villette) = (await library.AddTitleAsync("Emma"), await library.AddTitleAsync("Villette"));
        await library.RequestAsync(ada, emma);
        await library.RequestAsync(ada, villette);
        await library.RequestAsync(ben, villette);
        Assert.Equal(["Villette", "Emma"], (await library.Get<ListShelves>().MostRequestedAsync()).Select(title => title.Name));
    }

    [Fact]
    public async Task Shelves_ReadAnIndexBackwards_AndSortNothing()
    {
        await using var library = await CreateAsync();
        await using var database = library.Open();
        Assert.Equal(["SCAN t USING COVERING INDEX IX_Titles_AddedAt"], await PlanAsync(database, ListShelves.Newest(database)));
        Assert.Equal(["SCAN r USING INDEX IX_Requests_Number"], await PlanAsync(database, ListShelves.Latest(database)));
    }

    static async Task<IReadOnlyList<string>> PlanAsync(PortalDbContext database, IQueryable query)
    {
        await database.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var rows = await command.ExecuteReaderAsync();
        List<string> plan = [];
        while (await rows.ReadAsync())
            plan.Add(rows.GetString(3));
        return plan;
    }

    static async Task AddAsync(TestLibrary library, string name, int count)
    {
        await using var database = library.Open();
        for (var i = 0; i < count; i++)
            database.Titles.Add(new Title(new TitleDetails { Name = $"{name} {i:D2}" }, library.Clock.GetUtcNow()));
        await database.SaveChangesAsync();
    }
}
