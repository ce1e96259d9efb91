using LibraryPortal.Data;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Notices;

/// <summary>A person has seen one of the own notices, or all of them.</summary>
internal sealed class MarkNoticesRead(IDbContextFactory<PortalDbContext> databases, ILiveBoard board, TimeProvider time)
{
    /// <param name="noticeId">Null for all. Someone else's notice is left alone.</param>
    /// <returns>How many were unread before.</returns>
    public async Task<int> RunAsync(Caller caller, Guid? noticeId = null, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var unread = database.Notices.Where(notice => notice.UserId == caller.UserId && notice.ReadAt == null);
        if (noticeId is { } one)
            unread = unread.Where(notice => notice.Id == one);
        var now = time.GetUtcNow();
        var marked = await unread.ExecuteUpdateAsync(notice => notice.SetProperty(row => row.ReadAt, now), cancellationToken);
        if (marked > 0)
            board.Publish(new NoticesRead(caller.UserId));
        return marked;
    }
}
