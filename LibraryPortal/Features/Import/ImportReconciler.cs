using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>
/// Says so when the job of an import, or the command that ran it, ended before its work did, and removes files whose time is over. Started by the host in every role; looks at start, when a job of an
/// import ends and every 15 s; stops with the host. Several processes may do it at once.
/// </summary>
internal sealed partial class ImportReconciler(
    IDbContextFactory<PortalDbContext> databases, IJobClient jobs, RemoveOldFiles old, ILiveBoard board, TimeProvider clock,
    ILogger<ImportReconciler> log) : BackgroundService
{
    const string CommandEnded = "The command ended before its work did. Undo what it brought, or run it again: rows that are in the library already stay as they are.";

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // A command shows that it lives with each batch of rows, which takes a second or so. One that was only held up finds its import stopped, and ends.
    static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    readonly SemaphoreSlim _wakeUp = new(0, 1);

    public override void Dispose()
    {
        _wakeUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = board.SubscribeToAll(OnChange);
        await using var timer = clock.CreateTimer(_ => Wake(), null, TimeSpan.Zero, Interval);
        try
        {
            while (true)
            {
                await _wakeUp.WaitAsync(stoppingToken);
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (JobStoreUnavailableException)
                {
                    // Told by the store itself; the next look tries again.
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(log, error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <returns>How many imports were brought in line, and how many files removed.</returns>
    internal async Task<(int Stopped, int Files)> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var active = await database.Imports.AsNoTracking()
            .Where(import => (import.State == ImportState.Checking || import.State == ImportState.Importing || import.State == ImportState.Undoing) && import.JobId != null)
            .ToListAsync(cancellationToken);
        var stopped = 0;
        foreach (var import in active)
        {
            if (await FindEndAsync(database, new JobId(import.JobId!.Value), cancellationToken) is not { } sentence)
                continue;
            stopped += await StopAsync(database, import, sentence, cancellationToken) ? 1 : 0;
            board.Publish(new ImportChanged(import.Id));
        }

        return (stopped + await StopSilentAsync(database, cancellationToken), await old.RunAsync(cancellationToken));
    }

    async Task<bool> StopAsync(PortalDbContext database, ImportBatch found, string sentence, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var import = await database.Imports.FirstOrDefaultAsync(row => row.Id == found.Id && row.State == found.State && row.JobId == found.JobId, cancellationToken);
        if (import is null)
            return false;
        var now = clock.GetUtcNow();
        (import.State, import.Error) = (StopImport.AfterStop(import.State), sentence);
        if (import.State == ImportState.Stopped)
            import.FinishedAt = now;
        if (import.State == ImportState.UndoStopped)
            import.UndoneAt = now;
        // A check changed nothing.
        if (import.State != ImportState.Uploaded)
            database.RecordEnd(import, AuditActor.Portal, now);
        database.MatchOnSave(jobs, import);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    async Task<int> StopSilentAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - Silence;
        var silent = database.Imports.Where(import => import.State == ImportState.Importing && import.JobId == null && (import.AliveAt ?? import.StartedAt) < before);
        var stopped = 0;
        foreach (var id in await silent.Select(import => import.Id).ToListAsync(cancellationToken))
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            if (await silent.FirstOrDefaultAsync(import => import.Id == id, cancellationToken) is not { } import)
                continue;
            (import.State, import.FinishedAt, import.Error) = (ImportState.Stopped, now, CommandEnded);
            database.RecordEnd(import, ImportFile.Operator, now);
            database.MatchOnSave(jobs, import);
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            stopped++;
            board.Publish(new ImportChanged(id));
        }

        return stopped;
    }

    void OnChange(LiveChange change)
    {
        if (change is MissedChanges or JobChanged { Name: RunImportJob.JobName, State: JobState.Failed or JobState.Quarantined or JobState.Cancelled or JobState.Expired })
            Wake();
    }

    void Wake()
    {
        try
        {
            _wakeUp.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is due already.
        }
        catch (ObjectDisposedException)
        {
            // The host stops.
        }
    }

    /// <returns>Why the job is over, as a sentence; null while it waits or runs.</returns>
    async Task<string?> FindEndAsync(PortalDbContext database, JobId id, CancellationToken cancellationToken)
    {
        // The outbox first: a job leaves it only after the engine has it.
        var message = await database.Outbox.AsNoTracking().FirstOrDefaultAsync(row => row.JobId == id && row.Kind == OutboxKind.Enqueue, cancellationToken);
        if (message is not null)
            return message.RefusedAt is null ? null : "The portal could not start it.";
        return await jobs.FindAsync(id, cancellationToken) switch
        {
            null => "Its job was lost. Start it again.",
            { State: JobState.Failed } job => $"It failed: {Short(job.Error)}",
            { State: JobState.Quarantined } => "It was given up after it ended its worker several times.",
            { State: JobState.Cancelled } => "It was stopped.",
            { State: JobState.Expired } => "It waited too long for a worker.",
            // Ended as it should, yet the row is as before: the run found it in other hands.
            { State: JobState.Succeeded } => "It ended without its work. Start it again.",
            _ => null,
        };
    }

    static string Short(string? error) => error is null ? "nobody knows why." : error.Length > 300 ? $"{error[..300]}…" : error;

    [LoggerMessage(EventId = 4201, Level = LogLevel.Error, Message = "Imports could not be brought in line with their jobs; it will be tried again.")]
    static partial void LogFailed(ILogger log, Exception error);
}
