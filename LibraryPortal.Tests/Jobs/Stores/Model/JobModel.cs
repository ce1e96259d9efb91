using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>The state table of <c>Jobs/README.md</c> in memory: what each call must answer, and what there must be afterwards.</summary>
internal sealed partial class JobModel(ModelTarget target)
{
    /// <summary>The name of a limit of two jobs at once.</summary>
    public const string TwoAtOnce = "two";

    /// <summary>The name of a limit of two starts within a second.</summary>
    public const string TwoASecond = "rate";

    const long ReapGap = 4_000;

    readonly Dictionary<JobId, ModelJob> _jobs = [];
    readonly Dictionary<string, long> _beats = [];
    readonly HashSet<string> _paused = new(StringComparer.Ordinal);
    readonly List<long> _starts = [];
    long _nextPlace;
    long _firstPlace;
    long? _seen;
    long _since;

    public long Now { get; set; }

    public IReadOnlyCollection<ModelJob> Jobs => _jobs.Values;

    public bool Knows(string worker) => _beats.ContainsKey(worker);

    public IEnumerable<ModelJob> OwnedBy(string worker) => Jobs.Where(job => job.Claim?.Worker == worker);

    public ModelJob? Find(JobId id) => _jobs.GetValueOrDefault(id);

    public List<EnqueueReceipt> Enqueue(IReadOnlyList<JobEnvelope> batch)
    {
        var receipts = new EnqueueReceipt[batch.Count];
        // The Redis store takes the plain ones of a batch first.
        var order = Enumerable.Range(0, batch.Count).OrderBy(i => !target.KeepsPlaces && (batch[i].DueAt is not null || batch[i].UniqueKey is not null));
        foreach (var i in order)
            receipts[i] = Accept(batch[i]);
        return [.. receipts];
    }

    /// <summary>Whether its expiry is over while it waits: it may have been ended for that, unless it began before.</summary>
    public bool IsOver(ModelJob job) =>
        job.State is JobState.Waiting or JobState.Scheduled or JobState.Queued && job.Envelope.ExpiresAt?.ToUnixTimeMilliseconds() <= Now && job is { FailedAttempts: 0, Crashes: 0, WasReplayed: false };

    /// <summary>The store says they have expired.</summary>
    public void Expire(IEnumerable<ModelJob> jobs)
    {
        CloseExpired(jobs);
        Follow();
    }

    /// <returns>False when it was so already.</returns>
    public bool Pause(string queue, bool paused) => paused ? _paused.Add(queue) : _paused.Remove(queue);

    public CancelReply Cancel(JobId id)
    {
        if (Find(id) is not { } job)
            return CancelReply.Unknown;
        if (!job.IsLive)
            return CancelReply.AlreadyFinal;
        CancelLive(job);
        Follow();
        return job.IsLive ? CancelReply.Requested : CancelReply.Cancelled;
    }

    public RetryReply Retry(JobId id)
    {
        if (Find(id) is not { } job)
            return RetryReply.Unknown;
        if (job.IsLive || job.State == JobState.Succeeded)
            return RetryReply.NotRetryable;
        if (job.Flow is { } flow)
            return RetryInFlow(flow, job);
        if (IsTaken(job))
            return RetryReply.NotRetryable;
        BeginAnew(job, JobState.Queued);
        return RetryReply.Queued;
    }

    public void Reopen()
    {
        if (!target.RemembersSilence)
            _seen = null;
    }

    public void Forget()
    {
        foreach (var job in Jobs.Where(job => !job.IsLive && (job.Flow is null || job.Flow.IsOver || !target.KeepsJobsOfFlows)).ToList())
            _jobs.Remove(job.Id);
        foreach (var flow in Flows.Where(flow => flow.IsOver).ToList())
            _flows.Remove(flow.Id);
    }

    EnqueueReceipt Accept(JobEnvelope envelope)
    {
        if (Find(envelope.Id) is not null)
            return new EnqueueReceipt(envelope.Id, IsNew: false);
        if (envelope.UniqueKey is { } key && Holder(key) is { } holder)
            return new EnqueueReceipt(holder.Id, IsNew: false);
        var due = envelope.DueAt?.ToUnixTimeMilliseconds() ?? 0;
        _jobs.Add(envelope.Id, new ModelJob(envelope) { State = due > Now ? JobState.Scheduled : JobState.Queued, Due = due, Place = ++_nextPlace });
        return new EnqueueReceipt(envelope.Id, IsNew: true);
    }

    bool IsTaken(ModelJob job) => job.Envelope.UniqueKey is { } key && Holder(key) is not null;

    // All of them, whatever the end of one means for the others.
    void CloseExpired(IEnumerable<ModelJob> jobs)
    {
        _isFollowing = true;
        foreach (var job in jobs)
            Close(job, JobState.Expired, 0);
        _isFollowing = false;
    }

    ModelJob? Holder(string key) => Jobs.FirstOrDefault(job => job.IsLive && job.Envelope.UniqueKey == key);

    void BeginAnew(ModelJob job, JobState state) =>
        (job.State, job.Place, job.Due, job.FailedAttempts, job.Crashes, job.CancelRequested, job.Progress, job.WasReplayed) = (state, ++_nextPlace, 0, 0, 0, false, null, true);

    void CancelLive(ModelJob job)
    {
        job.CancelRequested = true;
        if (job.State != JobState.Running)
            Close(job, JobState.Cancelled, job.FailedAttempts);
    }

    void Close(ModelJob job, JobState state, int attempt)
    {
        LoseClaim(job);
        (job.State, job.Parked, job.FinalAttempt) = (state, false, attempt);
        Ended(job);
    }
}
