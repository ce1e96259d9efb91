using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;

namespace LibraryPortal.Jobs.Inspection;

/// <inheritdoc cref="IJobInspector"/>
internal sealed partial class JobInspector(
    IJobStore store, JobLookup lookup, ArgsEditor editor, JobRegistry registry, TimeProvider clock, IJobHistory? history = null) : IJobInspector
{
    const int MaxPage = 200;

    public Task<JobCounts> CountAsync(CancellationToken cancellationToken = default) => store.CountAsync(cancellationToken);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Enum.IsDefined(query.State))
            throw new ArgumentException($"{query.State} is not a state; expected one of {string.Join(", ", Enum.GetNames<JobState>())}.", nameof(query));
        CheckPage(query.Offset, query.Count);
        return store.ListAsync(query, cancellationToken);
    }

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken = default) => lookup.FindAsync(id, cancellationToken);

    public async Task<HistoryPage> SearchAsync(HistoryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Offset is < 0 or > HistoryPage.MostCounted)
            throw new ArgumentException($"The offset is {query.Offset}; expected 0 to {HistoryPage.MostCounted}: narrow the search instead.", nameof(query));
        if (query.Count is < 1 or > MaxPage)
            throw new ArgumentException($"The count is {query.Count}; expected 1 to {MaxPage}.", nameof(query));
        if (query.FindFault() is { } fault)
            throw new ArgumentException(fault, nameof(query));
        return history is null ? new HistoryPage([], 0) : await history.SearchAsync(query, cancellationToken);
    }

    public Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken = default) => lookup.CancelAsync(id, cancellationToken);

    public async Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var reply = await store.RetryAsync(id, cancellationToken);
        return reply == RetryReply.Unknown ? await RetryFromHistoryAsync(id, static envelope => envelope, cancellationToken) : reply;
    }

    public async Task<IReadOnlyList<QueueRecord>> ListQueuesAsync(CancellationToken cancellationToken = default) =>
        [.. (await store.ListQueuesAsync(cancellationToken)).Where(static queue => !Canary.SingsIn(queue.Name))];

    public async Task<bool> KnowsQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        registry.Queues.Contains(queue, StringComparer.Ordinal)
        || (await store.ListWorkersAsync(cancellationToken)).Any(worker => worker.Queues.Contains(queue, StringComparer.Ordinal))
        || (await store.ListQueuesAsync(cancellationToken)).Any(one => one.Depth > 0 && string.Equals(one.Name, queue, StringComparison.Ordinal));

    public async Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken = default) =>
        [.. (await store.ListWorkersAsync(cancellationToken)).Select(static worker => worker with { Queues = [.. worker.Queues.Where(static queue => !Canary.SingsIn(queue))] })];

    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken = default) => store.ReadLogAsync(id, cancellationToken);

    public Task<bool> PauseQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        queue == Canary.SharedQueue
            ? throw new ArgumentException($"The queue '{queue}' is how workers prove that they take jobs; it cannot be paused.", nameof(queue))
            : store.PauseQueueAsync(CheckQueue(queue), paused: true, cancellationToken);

    public Task<bool> ResumeQueueAsync(string queue, CancellationToken cancellationToken = default) =>
        store.PauseQueueAsync(CheckQueue(queue), paused: false, cancellationToken);

    static string CheckQueue(string queue) => JobNames.IsQueue(queue)
        ? queue
        : throw new ArgumentException($"'{queue}' is not a queue name; expected {JobNames.QueueForm}.", nameof(queue));

    async Task<RetryReply> RetryFromHistoryAsync(JobId id, Func<JobEnvelope, JobEnvelope> edit, CancellationToken cancellationToken)
    {
        if (await lookup.FindInHistoryAsync(id, cancellationToken) is not { } ended)
            return RetryReply.Unknown;
        // What came before a job of a flow went with the store's record: it would run without the results it takes, and its flow would not wait for it.
        if (ended.State == JobState.Succeeded || ended.Envelope.Flow is not null)
            return RetryReply.NotRetryable;
        // The store has dropped it: it comes back as it was, at once, under its id.
        var receipts = await store.EnqueueAsync([edit(ended.Envelope) with { DueAt = null, ExpiresAt = null }], cancellationToken);
        return receipts[0].IsNew ? RetryReply.Queued : RetryReply.NotRetryable;
    }
}
