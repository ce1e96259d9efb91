using System.Text.Json;
using LibraryPortal.Jobs.History;

namespace LibraryPortal.Jobs.Inspection;

/// <summary>Looking at jobs and steering them: what the console, the API and the command line share.</summary>
public interface IJobInspector
{
    /// <summary>How many jobs are in each state.</summary>
    Task<JobCounts> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>One page of the jobs in a state: those still to run in the order they will, the others newest first.</summary>
    Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken = default);

    /// <summary>One page of the history of ended jobs; empty where none is kept.</summary>
    /// <exception cref="ArgumentException">Nothing can be like that, see <see cref="HistoryQuery.FindFault"/>; or the page is none.</exception>
    Task<HistoryPage> SearchAsync(HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>The job as it is now, out of the history once the store has dropped it; null for an unknown id.</summary>
    Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken = default);

    Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Queues a failed, quarantined, cancelled or expired job again with a fresh count of attempts.</summary>
    Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>The same with other arguments. Those it was accepted with stay in <see cref="JobEnvelope.OriginalArgs"/>.</summary>
    /// <param name="args">The whole arguments, checked as when the job was enqueued.</param>
    /// <exception cref="ArgumentException">This program does not know the job's name, or the arguments do not fit; the message says what was expected.</exception>
    Task<RetryReply> RetryAsync(JobId id, JsonElement args, CancellationToken cancellationToken = default);

    /// <summary>How many jobs a filter names.</summary>
    Task<int> CountDeadAsync(DeadFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Replays every job a filter names, oldest first; jobs that fail while it works are left alone. Done in batches, each of which is for good once it is done.</summary>
    /// <param name="perSecond">At most so many a second: they are given due times so far apart, which hold whatever becomes of this process. Null: all at once.</param>
    /// <param name="progress">Told, within the call, what became of all so far whenever a batch is done: it stands, should the rest be cut short.</param>
    Task<DeadReply> RetryManyAsync(DeadFilter filter, double? perSecond = null, IProgress<DeadReply>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Forgets a job that ended without success. Its place in the history stays.</summary>
    Task<DiscardReply> DiscardAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Forgets every job a filter names, in batches.</summary>
    /// <param name="progress">Told, within the call, what became of all so far whenever a batch is done.</param>
    Task<DeadReply> DiscardManyAsync(DeadFilter filter, IProgress<DeadReply>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>The queues that hold jobs ready to run, or are paused, by name.</summary>
    Task<IReadOnlyList<QueueRecord>> ListQueuesAsync(CancellationToken cancellationToken = default);

    /// <summary>True where a job type of this program, a worker, or a job that is ready names the queue: pausing any other is most likely a slip.</summary>
    Task<bool> KnowsQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>What the job's runs wrote with <see cref="JobContext.LogAsync"/>, oldest first; empty when they wrote nothing, or its record is no longer kept.</summary>
    Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Stops taking jobs from a queue until it is resumed, over all workers and restarts. What runs goes on running; jobs are accepted as ever.</summary>
    /// <returns>False when it was paused already.</returns>
    /// <exception cref="ArgumentException">No queue can be called that.</exception>
    Task<bool> PauseQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Takes jobs from a queue again.</summary>
    /// <returns>False when it was not paused.</returns>
    /// <exception cref="ArgumentException">No queue can be called that.</exception>
    Task<bool> ResumeQueueAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>Flows that go on, or flows that have ended.</summary>
    Task<FlowPage> ListFlowsAsync(FlowQuery query, CancellationToken cancellationToken = default);

    /// <summary>A flow and the way it is built; null for an unknown id or an expired record.</summary>
    Task<FlowTree?> FindFlowAsync(FlowId id, CancellationToken cancellationToken = default);

    /// <summary>Jobs of a flow, in the order they were written.</summary>
    /// <param name="offset">Jobs to pass over.</param>
    /// <param name="count">At most this many; 1 to 200.</param>
    Task<IReadOnlyList<FlowJob>> ListFlowJobsAsync(FlowId id, int offset = 0, int count = 50, CancellationToken cancellationToken = default);

    Task<CancelReply> CancelFlowAsync(FlowId id, CancellationToken cancellationToken = default);

    /// <summary>Takes an ended flow up again: each of its jobs that did not succeed is queued again, or waits again.</summary>
    Task<RetryReply> RetryFlowAsync(FlowId id, CancellationToken cancellationToken = default);

    /// <summary>The worker runs known to the store, the silent ones included until they are recovered.</summary>
    Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken = default);
}

/// <param name="State">Which list.</param>
/// <param name="Offset">Jobs to pass over.</param>
/// <param name="Count">At most this many; 1 to 200.</param>
public sealed record JobQuery(JobState State, int Offset = 0, int Count = 50);

/// <param name="Total">Jobs in that state in all.</param>
public sealed record JobPage(IReadOnlyList<JobRecord> Jobs, long Total);
