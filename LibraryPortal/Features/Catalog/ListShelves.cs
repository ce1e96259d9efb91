using LibraryPortal.Data;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.Catalog.Search;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Catalog;

/// <summary>The shelves of the home page.</summary>
internal sealed class ListShelves(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    /// <summary>Books on a shelf.</summary>
    const int Length = 14;

    /// <summary>Titles a shelf of new ones is chosen from. The index has their dates and ids, so a delivery of a million costs no more than one of a thousand.</summary>
    const int Delivery = 1_000;

    /// <summary>The latest requests looked at, so that a busy quarter costs no more than a quiet one.</summary>
    const int MostRequests = 5_000;

    static readonly TimeSpan Recent = TimeSpan.FromDays(90);

    /// <summary>What came in last.</summary>
    public async Task<IReadOnlyList<FoundTitle>> NewestAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        // What came in one delivery is shown mixed; otherwise a shelf of one alphabet's end would greet everyone.
        var newest = await Newest(database).ToListAsync(cancellationToken);
        return await ReadAsync(database, [.. newest.OrderByDescending(title => title.AddedAt).ThenBy(title => title.Id * 7919L % 1009).Take(Length).Select(title => title.Id)], cancellationToken);
    }

    /// <summary>What was asked for most in the last 90 days; empty where too little was.</summary>
    public async Task<IReadOnlyList<FoundTitle>> MostRequestedAsync(CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var since = clock.GetUtcNow() - Recent;
        var wanted = await Latest(database).Where(request => request.TitleId != null && request.RequestedAt >= since)
            .GroupBy(request => request.TitleId!.Value).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .Take(Length).Select(group => group.Key).ToListAsync(cancellationToken);
        return await ReadAsync(database, wanted, cancellationToken);
    }

    /// <summary>The titles that came in last, read from the index of that date.</summary>
    internal static IQueryable<NewTitle> Newest(PortalDbContext database) =>
        database.Titles.OrderByDescending(title => title.AddedAt).ThenByDescending(title => title.Id).Take(Delivery).Select(title => new NewTitle(title.Id, title.AddedAt));

    /// <summary>The latest requests: numbers grow with time, and have an index.</summary>
    internal static IQueryable<BookRequest> Latest(PortalDbContext database) =>
        database.Requests.AsNoTracking().OrderByDescending(request => request.Number).Take(MostRequests);

    // A title removed since its id was read is left out.
    static async Task<IReadOnlyList<FoundTitle>> ReadAsync(PortalDbContext database, IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var titles = await FoundTitleQuery.Project(database, database.Titles.AsNoTracking().Where(title => ids.Contains(title.Id)))
            .ToDictionaryAsync(title => title.Id, cancellationToken);
        return [.. ids.Where(titles.ContainsKey).Select(id => titles[id])];
    }

    internal sealed record NewTitle(int Id, DateTimeOffset AddedAt);
}
