using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>One process's way to a shared store, which a test can cut, freeze and mend.</summary>
public sealed class UnreliableStore(IJobStore inner) : IJobStore, IHistoryFeed
{
    readonly SubscriberList<Action<WakeUp>> _wakeUps = new();
    TaskCompletionSource? _frozen;
    readonly TaskCompletionSource _mended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool _out;

    /// <summary>From the start: the store is used as it is.</summary>
    public bool LeavesAlone { get; set; }

    /// <summary>Every call fails, until mended.</summary>
    public void Cut() => _out = true;

    /// <summary>Every call that is not under way hangs, as in a stopped process, until mended.</summary>
    public void Freeze() => _frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets calls through again, those that hang included.</summary>
    public void Mend()
    {
        _out = false;
        Interlocked.Exchange(ref _frozen, null)?.TrySetResult();
        _wakeUps.Call(WakeUp.Restored, static (listener, why) => listener(why));
    }

    /// <summary>Ends a frozen process for good: what hangs fails, and so does whatever comes.</summary>
    public void Bury()
    {
        _out = true;
        _mended.TrySetResult();
        Interlocked.Exchange(ref _frozen, null)?.TrySetResult();
    }

    /// <summary>The calls of this store whose reply is lost after they took effect.</summary>
    public Func<string, bool> LosesReplyOf { get; set; } = static _ => false;

    /// <summary>What the reply of a call waits for after it took effect, by the call and the reply.</summary>
    public Func<string, object?, Task> HoldsReplyOf { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>What a call waits for before it is sent.</summary>
    public Func<string, Task> HoldsRequestOf { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Outcomes that the store refuses to write, together with their whole call.</summary>
    public Func<JobOutcome, bool> CannotWrite { get; set; } = static _ => false;

    /// <summary>The calls of this store that hang, until mended, without the store being out.</summary>
    public Func<string, bool> Wedges { get; set; } = static _ => false;

    /// <summary>The calls of this store that never arrive.</summary>
    public Func<string, bool> LosesRequestOf { get; set; } = static _ => false;

    public string? Outage => inner.Outage;

    public event Action? Changed
    {
        add => inner.Changed += value;
        remove => inner.Changed -= value;
    }

    public IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener) => inner.Subscribe(listener);

    public IDisposable SubscribeToGaps(Action listener) => inner.SubscribeToGaps(listener);

    public IDisposable SubscribeToWakeUps(Action<WakeUp> listener)
    {
        var (own, shared) = (_wakeUps.Add(listener), inner.SubscribeToWakeUps(listener));
        return new Both(own, shared);
    }

    public Task<IReadOnlyList<EnqueueReceipt>> EnqueueAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken) =>
        CallAsync("enqueue", () => inner.EnqueueAsync(jobs, cancellationToken));

    public Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        CallAsync("claim", () => inner.ClaimAsync(request, cancellationToken));

    public Task<IReadOnlyList<bool>> FinishAsync(string worker, IReadOnlyList<JobOutcome> outcomes, CancellationToken cancellationToken) =>
        CallAsync("finish", () => outcomes.Any(CannotWrite)
            ? throw new InvalidOperationException("The test lets this outcome not be written.")
            : inner.FinishAsync(worker, outcomes, cancellationToken));

    public Task ReportProgressAsync(string worker, IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken) =>
        CallAsync("progress", async () => { await inner.ReportProgressAsync(worker, reports, cancellationToken); return true; });

    public Task<BeatReply> BeatAsync(WorkerBeat beat, CancellationToken cancellationToken) => CallAsync("beat", () => inner.BeatAsync(beat, cancellationToken));

    public Task<IReadOnlyList<JobId>> ReapAsync(TimeSpan silence, int quarantineAfter, CancellationToken cancellationToken) =>
        CallAsync("reap", () => inner.ReapAsync(silence, quarantineAfter, cancellationToken));

    public Task LeaveAsync(string worker, CancellationToken cancellationToken) =>
        CallAsync("leave", async () => { await inner.LeaveAsync(worker, cancellationToken); return true; });

    public Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken) => CallAsync("cancel", () => inner.CancelAsync(id, cancellationToken));

    public Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken) => CallAsync("retry", () => inner.RetryAsync(id, cancellationToken));

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken) => CallAsync("find", () => inner.FindAsync(id, cancellationToken));

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken) => CallAsync("list", () => inner.ListAsync(query, cancellationToken));

    public Task<JobCounts> CountAsync(CancellationToken cancellationToken) => CallAsync("count", () => inner.CountAsync(cancellationToken));

    public Task<IReadOnlyList<QueueRecord>> ListQueuesAsync(CancellationToken cancellationToken) =>
        CallAsync("queues", () => inner.ListQueuesAsync(cancellationToken));

    public Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken) =>
        CallAsync("workers", () => inner.ListWorkersAsync(cancellationToken));

    public Task<int> PruneAsync(int limit, CancellationToken cancellationToken) => CallAsync("prune", () => inner.PruneAsync(limit, cancellationToken));

    public Task CheckAsync(CancellationToken cancellationToken) =>
        CallAsync("check", async () => { await inner.CheckAsync(cancellationToken); return true; });

    public Task<EndedBatch?> ReadEndedAsync(string reader, int count, CancellationToken cancellationToken) =>
        CallAsync("readended", () => ((IHistoryFeed)inner).ReadEndedAsync(reader, count, cancellationToken));

    public Task AcknowledgeEndedAsync(IReadOnlyList<string> receipts, TimeSpan keepFor, CancellationToken cancellationToken) =>
        CallAsync("told", async () => { await ((IHistoryFeed)inner).AcknowledgeEndedAsync(receipts, keepFor, cancellationToken); return true; });

    public Task<FlowReceipt> AcceptFlowAsync(FlowPlan plan, CancellationToken cancellationToken) =>
        CallAsync("acceptflow", () => inner.AcceptFlowAsync(plan, cancellationToken));

    public Task<FlowRecord?> FindFlowAsync(FlowId id, CancellationToken cancellationToken) => CallAsync("findflow", () => inner.FindFlowAsync(id, cancellationToken));

    public Task<FlowNode?> ReadFlowShapeAsync(FlowId id, CancellationToken cancellationToken) =>
        CallAsync("flowshape", () => inner.ReadFlowShapeAsync(id, cancellationToken));

    public Task<FlowPage> ListFlowsAsync(FlowQuery query, CancellationToken cancellationToken) => CallAsync("flows", () => inner.ListFlowsAsync(query, cancellationToken));

    public Task<IReadOnlyList<FlowJob>> ListFlowJobsAsync(FlowId id, int offset, int count, CancellationToken cancellationToken) =>
        CallAsync("flowjobs", () => inner.ListFlowJobsAsync(id, offset, count, cancellationToken));

    public Task<IReadOnlyList<FlowResult>> ReadFlowResultsAsync(FlowId id, int gate, int offset, int count, CancellationToken cancellationToken) =>
        CallAsync("flowresults", () => inner.ReadFlowResultsAsync(id, gate, offset, count, cancellationToken));

    public Task<CancelReply> CancelFlowAsync(FlowId id, CancellationToken cancellationToken) => CallAsync("cancelflow", () => inner.CancelFlowAsync(id, cancellationToken));

    public Task<RetryReply> RetryFlowAsync(FlowId id, CancellationToken cancellationToken) => CallAsync("retryflow", () => inner.RetryFlowAsync(id, cancellationToken));

    public Task<bool> PauseQueueAsync(string queue, bool paused, CancellationToken cancellationToken) =>
        CallAsync("pause", () => inner.PauseQueueAsync(queue, paused, cancellationToken));

    public Task SetLimitAsync(string name, LimitRule? rule, CancellationToken cancellationToken) =>
        CallAsync("limit", async () => { await inner.SetLimitAsync(name, rule, cancellationToken); return true; });

    public Task<IReadOnlyList<LimitRecord>> ListLimitsAsync(CancellationToken cancellationToken) => CallAsync("limits", () => inner.ListLimitsAsync(cancellationToken));

    public Task<bool> SaveCursorAsync(string worker, JobId id, long stamp, JsonElement cursor, CancellationToken cancellationToken) =>
        CallAsync("cursor", () => inner.SaveCursorAsync(worker, id, stamp, cursor, cancellationToken));

    public Task<bool> WriteLogAsync(string worker, JobId id, long stamp, string text, CancellationToken cancellationToken) =>
        CallAsync("log", () => inner.WriteLogAsync(worker, id, stamp, text, cancellationToken));

    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken) => CallAsync("readlog", () => inner.ReadLogAsync(id, cancellationToken));

    public Task<RetryReply> RetryEditedAsync(JobEnvelope edited, DateTimeOffset endedAt, CancellationToken cancellationToken) =>
        CallAsync("retryedited", () => inner.RetryEditedAsync(edited, endedAt, cancellationToken));

    public Task<DiscardReply> DiscardAsync(JobId id, CancellationToken cancellationToken) => CallAsync("discard", () => inner.DiscardAsync(id, cancellationToken));

    public Task<DeadSweepReply> SweepDeadAsync(DeadSweep sweep, CancellationToken cancellationToken) =>
        CallAsync("deadsweep", () => inner.SweepDeadAsync(sweep, cancellationToken));

    /// <summary>The shared store is its maker's to close.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // While the test does nothing to the store nothing is put in its way, the thread pool least of all.
    Task<T> CallAsync<T>(string name, Func<Task<T>> call) => LeavesAlone ? call() : DisturbAsync(name, call);

    async Task<T> DisturbAsync<T>(string name, Func<Task<T>> call)
    {
        if (_frozen is { } frozen)
            await frozen.Task;
        if (Wedges(name))
            await _mended.Task;
        await HoldsRequestOf(name);
        if (_out || LosesRequestOf(name))
            throw new JobStoreUnavailableException("The store is cut off by the test: mend it.");
        var reply = await call();
        await HoldsReplyOf(name, reply);
        return LosesReplyOf(name) ? throw new JobStoreUnavailableException($"The reply of {name} is lost by the test.") : reply;
    }

    sealed class Both(IDisposable one, IDisposable two) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            two.Dispose();
        }
    }
}
