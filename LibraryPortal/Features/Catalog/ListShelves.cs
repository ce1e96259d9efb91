using LibraryPortal.Data;
using LibraryPortal.Features.Catalog.Search;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog;

/// <summary>The shelves of the home page.</summary>
internal sealed class ListShelves(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>Books on a shelf.</summary>
    const int Length = 14;

    static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    /// <summary>What came in last.</summary>
    public async Task<IReadOnlyList<FoundTitle>> NewestAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // What came in one delivery is shown mixed; otherwise a shelf of one alphabet's end would greet everyone.
        var newest = database.Titles.AsNoTracking().OrderByDescending(title => title.AddedAt).ThenBy(title => title.Id * 7919 % 1009).Take(Length);
        return await FoundTitleQuery.Project(database, newest).ToListAsync(cancellationToken);
    }

    /// <summary>What was asked for most in the last 90 days; empty where too little was.</summary>
    public async Task<IReadOnlyList<FoundTitle>> MostRequestedAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow() - Recent;
        var ids = await database.Requests.Where(request => request.TitleId != null && request.RequestedAt >= since)
            .GroupBy(request => request.TitleId!.Value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Take(Length).Select(group => group.Key).ToListAsync(cancellationToken);
        var titles = await FoundTitleQuery.Project(database, database.Titles.AsNoTracking().Where(title => ids.Contains(title.Id)))
            .ToDictionaryAsync(title => title.Id, cancellationToken);
        return [.. ids.Select(id => titles[id])];
    }
}
