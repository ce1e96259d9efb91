using LibraryPortal.Data;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Features.Import;

/// <summary>
/// Removes what imports leave on disk once its time is over: the file, what was found in it and what an undo had to leave. A file from which nothing was imported
/// goes with its place in the list. Several processes may do it at once.
/// </summary>
internal sealed class RemoveOldFiles(
    IDbContextFactory<PortalDbContext> databases, ImportFiles files, IOptions<ImportOptions> options, ILiveBoard board, TimeProvider clock)
{
    // A check or an undo that still writes is younger than this.
    static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    static readonly ImportState[] Begun = [ImportState.Uploaded, ImportState.Checked];
    static readonly ImportState[] Ended = [ImportState.Stopped, ImportState.Done, ImportState.UndoStopped, ImportState.Undone];

    /// <returns>How many imports lost files, and how many leftovers were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var removed = files.RemoveLeftovers(now - LeftoverAge);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var kind in Enum.GetValues<ImportKind>())
        {
            var before = now - options.Value.KeepFor(kind);
            removed += await DiscardAsync(database, kind, before, cancellationToken);
            removed += await RemoveAsync(database, kind, before, cancellationToken);
        }

        return removed;
    }

    async Task<int> DiscardAsync(PortalDbContext database, ImportKind kind, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var forgotten = await database.Imports.AsNoTracking().Where(import => import.Kind == kind && Begun.Contains(import.State) && import.CreatedAt < before)
            .Select(import => new { import.Id, import.StoredName }).ToListAsync(cancellationToken);
        var removed = 0;
        foreach (var import in forgotten)
        {
            if (await database.Imports.Where(row => row.Id == import.Id && Begun.Contains(row.State)).ExecuteDeleteAsync(cancellationToken) == 0)
                continue;
            files.Delete(import.StoredName);
            files.DeleteFindings(import.Id);
            board.Publish(new ImportChanged(import.Id));
            removed++;
        }

        return removed;
    }

    async Task<int> RemoveAsync(PortalDbContext database, ImportKind kind, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var withFindings = files.WithFindings();
        var old = await database.Imports.AsNoTracking()
            .Where(import => import.Kind == kind && Ended.Contains(import.State) && (import.StoredName != null || EF.Parameter(withFindings).Contains(import.Id))
                && (import.UndoneAt ?? import.FinishedAt ?? import.StartedAt ?? import.CreatedAt) < before)
            .Select(import => new { import.Id, import.StoredName }).ToListAsync(cancellationToken);
        var removed = 0;
        foreach (var import in old)
        {
            // It may have been started again meanwhile, and then it needs its file.
            var isStill = await database.Imports.Where(row => row.Id == import.Id && Ended.Contains(row.State))
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.StoredName, (string?)null), cancellationToken);
            if (isStill == 0)
                continue;
            files.Delete(import.StoredName);
            files.DeleteFindings(import.Id);
            removed++;
        }

        return removed;
    }
}
