using LibraryPortal.Data;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>
/// Removes files whose time is over (the row stays) and files that no export names, left behind by killed runs. Started by the host in every role;
/// looks once a minute; stops with the host.
/// </summary>
internal sealed partial class ExportCleaner(
    IDbContextFactory<PortalDbContext> databases, ReportFiles files, ILiveBoard board, TimeProvider time, ILogger<ExportCleaner> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // A run that still writes, or has just finished and not yet recorded it, is younger than this.
    static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(log, error);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <returns>How many exports expired and how many files nobody named were removed.</returns>
    internal async Task<(int Expired, int Orphans)> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await database.ReportExports.AsNoTracking()
            .Where(export => export.State == ExportState.Ready && export.ExpiresAt <= now)
            .Select(export => new { export.Id, export.OwnerId, export.StoredName })
            .ToListAsync(cancellationToken);
        foreach (var export in due)
        {
            // The row first: a crash in between leaves an orphan for the second half, never a row that promises a missing file.
            await database.ReportExports.Where(row => row.Id == export.Id && row.State == ExportState.Ready)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.State, ExportState.Expired), cancellationToken);
            if (export.StoredName is not null)
                files.Delete(export.StoredName);
            board.Publish(new ExportChanged(export.OwnerId, export.Id));
        }

        return (due.Count, await RemoveOrphansAsync(database, now, cancellationToken));
    }

    async Task<int> RemoveOrphansAsync(PortalDbContext database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = files.WrittenBefore(now - OrphanAge);
        if (old.Count == 0)
            return 0;
        var named = await database.ReportExports
            .Where(export => export.State == ExportState.Ready && export.StoredName != null)
            .Select(export => export.StoredName!)
            .ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        var orphans = old.Where(name => !named.Contains(name)).ToList();
        foreach (var orphan in orphans)
            files.Delete(orphan);
        return orphans.Count;
    }

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "Old export files could not be removed; it will be tried again.")]
    static partial void LogFailed(ILogger log, Exception error);
}
