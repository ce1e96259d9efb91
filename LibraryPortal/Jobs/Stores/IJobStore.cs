using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Everything the engine asks of a store. Each call is one atomic transition per job; a call whose reply was lost may be repeated.</summary>
/// <remarks>Any call throws <see cref="JobStoreUnavailableException"/> when the store cannot be reached. Time is the store's own
/// (Redis TIME; the process clock for the embedded store).</remarks>
public interface IJobStore : IFlowStore, IDeadJobStore, ILimitStore, INoteStore, IJobEvents, IJobStoreStatus, IAsyncDisposable
{
    /// <summary>Accepts jobs. Repeating an id, or a unique key that is taken by a job not yet final, accepts nothing and names the job that is there.</summary>
    /// <exception cref="JobRefusedException">One of them cannot be taken; those that went in the same call of the store as it are not either.</exception>
    Task<IReadOnlyList<EnqueueReceipt>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken);

    /// <summary>Promotes what is due, then takes up to <see cref="ClaimRequest.Count"/> jobs from the lanes in the order given and records the worker
    /// as their owner. Passes over paused queues; sets jobs aside whose serial key or limit is taken, until it is free, in their order; gives none whose expiry is over, and sees to it that those end, for which nobody waits. A job the worker brings along comes first. An empty reply also marks the worker idle, so that the next arrival wakes it.</summary>
    Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Records what became of claimed jobs. An outcome whose claim is no longer this worker's is refused (fenced) and changes nothing.</summary>
    /// <returns>For each outcome, whether it was accepted.</returns>
    Task<IReadOnlyList<bool>> FinishAsync(string worker, IReadOnlyList<JobOutcome> outcomes, CancellationToken cancellationToken);

    /// <summary>Writes the progress of jobs this worker owns and tells listeners. Progress of a job it does not own is dropped.</summary>
    Task ReportProgressAsync(string worker, IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken);

    /// <summary>Registers the worker or renews its lease, and returns what it owns and was told.</summary>
    Task<BeatReply> BeatAsync(WorkerBeat beat, CancellationToken cancellationToken);

    /// <summary>Hands back to the head of their queues the jobs of workers silent for longer than this; no attempt is spent, one crash is counted. A job
    /// whose crashes reach <paramref name="quarantineAfter"/> is quarantined; one that was asked to cancel is cancelled. Also ends jobs that have not started by
    /// their expiry, whoever serves their queue.</summary>
    /// <returns>The jobs recovered.</returns>
    Task<IReadOnlyList<JobId>> ReapAsync(TimeSpan silence, int quarantineAfter, CancellationToken cancellationToken);

    /// <summary>Takes a stopping worker off the list and hands back whatever it still owns, with no crash counted.</summary>
    Task LeaveAsync(string worker, CancellationToken cancellationToken);

    /// <summary>Cancels a job that is not final: at once where it has not started; else marks it and tells its worker.</summary>
    Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Queues a failed, quarantined, cancelled or expired job again with fresh counters.</summary>
    Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The job as it is now; null for an unknown id or an expired record.</summary>
    Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken);

    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken);

    Task<JobCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>The queues that hold jobs ready to run, or are paused, by name.</summary>
    Task<IReadOnlyList<QueueRecord>> ListQueuesAsync(CancellationToken cancellationToken);

    /// <summary>Pauses a queue, so that no claim takes from it, or lets it go on, which wakes the workers. Durable; what runs goes on running.</summary>
    /// <returns>False when it was so already.</returns>
    Task<bool> PauseQueueAsync(string queue, bool paused, CancellationToken cancellationToken);

    Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken);

    /// <summary>Housekeeping of a bounded size: drops final records and ended flows past their time-to-live or past how many are kept, about <paramref name="limit"/> of each a call.</summary>
    /// <returns>How many were dropped; <paramref name="limit"/> where there may be more to drop, for which to call again.</returns>
    Task<int> PruneAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Throws unless the store reads and writes.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Calls the listener, on any thread, when a worker should look at once instead of at its next turn. A hint only: it may come too often or not at all.</summary>
    IDisposable SubscribeToWakeUps(Action<WakeUp> listener);
}
