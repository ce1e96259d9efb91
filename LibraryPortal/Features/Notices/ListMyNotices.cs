using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Notices;

/// <summary>What a person was told, newest first.</summary>
internal sealed class ListMyNotices(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 25;

    /// <summary>How many unread notices are looked at for toasts.</summary>
    const int Recent = 50;

    public async Task<Paged<Notice>> RunAsync(Caller caller, int page, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var mine = Mine(database, caller);
        var total = await mine.CountAsync(cancellationToken);
        var shown = Paging.Clamp(page, total, PageSize);
        var items = await mine.Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new Paged<Notice>(items, total, shown, PageSize);
    }

    public async Task<int> CountUnreadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Notices.CountAsync(notice => notice.UserId == caller.UserId && notice.ReadAt == null, cancellationToken);
    }

    /// <summary>The latest unread notices, oldest first.</summary>
    public async Task<IReadOnlyList<Notice>> RecentUnreadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var recent = await Mine(database, caller).Where(notice => notice.ReadAt == null).Take(Recent).ToListAsync(cancellationToken);
        recent.Reverse();
        return recent;
    }

    static IQueryable<Notice> Mine(PortalDbContext database, Caller caller) => database.Notices.AsNoTracking()
        .Where(notice => notice.UserId == caller.UserId)
        .OrderByDescending(notice => notice.CreatedAt).ThenByDescending(notice => notice.Id);
}
