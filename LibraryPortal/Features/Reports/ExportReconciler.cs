using System.Threading.Channels;
using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>
/// Brings exports that wait or run in line with what the engine knows of their jobs: failed, cancelled, or not known at all. Started by the host in every
/// role; woken by events of export jobs, looks at all of them at start, after missed events and every 15 s; stops with the host.
/// </summary>
/// <remarks>A run that succeeds records that itself. This is for what no handler lives to record; several processes may do it at once.</remarks>
internal sealed partial class ExportReconciler(
    IDbContextFactory<PortalDbContext> databases, IJobClient jobs, RecordExport record, OutboxSignal outbox, ILiveBoard board, TimeProvider time,
    ILogger<ExportReconciler> log) : BackgroundService
{
    static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);
    static readonly ExportState[] Active = [ExportState.Queued, ExportState.Running];

    // Null stands for all of them. Bounded: a lost wake-up is made up for by the sweep.
    readonly Channel<JobId?> _wakeUps = Channel.CreateBounded<JobId?>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = board.SubscribeToAll(OnChange);
        await using var sweep = time.CreateTimer(_ => _wakeUps.Writer.TryWrite(null), null, TimeSpan.Zero, SweepInterval);
        try
        {
            await foreach (var jobId in _wakeUps.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(jobId, stoppingToken);
                }
                catch (JobStoreUnavailableException)
                {
                    // Told by the store itself; the next sweep tries again.
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

    void OnChange(LiveChange change)
    {
        if (change is JobChanged { Name: ExportReportJob.JobName, State: JobState.Failed or JobState.Quarantined or JobState.Cancelled or JobState.Expired } ended)
            _wakeUps.Writer.TryWrite(ended.Id);
        else if (change is MissedChanges)
            _wakeUps.Writer.TryWrite(null);
    }

    /// <param name="only">Only the export of this job; null for all that wait or run.</param>
    /// <returns>How many exports were brought in line.</returns>
    internal async Task<int> RunOnceAsync(JobId? only, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var open = database.ReportExports.AsNoTracking().Where(export => Active.Contains(export.State));
        if (only is { } jobId)
            open = open.Where(export => export.JobId == jobId.Value);
        var changed = 0;
        foreach (var export in await open.ToListAsync(cancellationToken))
            changed += await ReconcileAsync(database, export, cancellationToken) ? 1 : 0;
        return changed;
    }

    async Task<bool> ReconcileAsync(PortalDbContext database, ReportExport export, CancellationToken cancellationToken)
    {
        var jobId = new JobId(export.JobId);
        // The outbox first: a job leaves it only after the engine has it, so one that is in neither was lost.
        var message = await database.Outbox.AsNoTracking()
            .FirstOrDefaultAsync(row => row.JobId == jobId && row.Kind == OutboxKind.Enqueue, cancellationToken);
        if (message is { RefusedAt: null })
            return false;
        if (message is not null)
        {
            await record.FailedAsync(export.Id, "The portal could not start it. Please tell the library.", cancellationToken);
            return true;
        }

        var job = await jobs.FindAsync(jobId, cancellationToken);
        switch (job?.State)
        {
            case null:
                return await EnqueueAgainAsync(database, export, jobId, cancellationToken);
            case JobState.Succeeded:
                // It was recorded before the engine heard of it, so the database has lost its last moments: a new job, because this one is over.
                return await EnqueueAgainAsync(database, export, JobId.New(time), cancellationToken);
            case JobState.Failed or JobState.Expired:
                await record.FailedAsync(export.Id, Tries(job.Attempt), cancellationToken);
                return true;
            case JobState.Quarantined:
                await record.FailedAsync(export.Id, "The program stopped several times while writing it. Please tell the library.", cancellationToken);
                return true;
            case JobState.Cancelled:
                await record.CancelledAsync(export.Id, cancellationToken);
                return true;
            case JobState.Waiting or JobState.Scheduled or JobState.Queued or JobState.Running:
                return false;
            default:
                throw new InvalidOperationException($"Unknown state {job.State}.");
        }
    }

    async Task<bool> EnqueueAgainAsync(PortalDbContext database, ReportExport export, JobId jobId, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var still = await database.ReportExports
            .Where(row => row.Id == export.Id && row.JobId == export.JobId && Active.Contains(row.State))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.State, ExportState.Queued).SetProperty(one => one.JobId, jobId.Value), cancellationToken);
        if (still == 0)
            return false;
        database.EnqueueOnSave(jobs.Prepare(new ExportReport(export.Id), job => job.Id(jobId).Owner(export.OwnerId)));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        database.ChangeTracker.Clear();
        outbox.Notify();
        LogEnqueuedAgain(log, export.Id, jobId);
        return true;
    }

    static string Tries(int attempts) => attempts > 1
        ? $"Writing it failed {attempts} times. Run it again; if it fails once more, please tell the library."
        : "Writing it failed. Run it again; if it fails once more, please tell the library.";

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Exports could not be compared with their jobs; it will be tried again.")]
    static partial void LogFailed(ILogger log, Exception error);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "The engine does not know the job of export {ExportId} any more; enqueued again as {JobId}.")]
    static partial void LogEnqueuedAgain(ILogger log, Guid exportId, JobId jobId);
}
