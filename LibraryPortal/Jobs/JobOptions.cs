namespace LibraryPortal.Jobs;

/// <summary>What one call may set beside the defaults of the job's type. Each method returns the options, so that calls chain.</summary>
public sealed class JobOptions
{
    internal JobId? IdValue { get; private set; }
    internal string? QueueValue { get; private set; }
    internal JobPriority? PriorityValue { get; private set; }
    internal TimeSpan? DelayValue { get; private set; }
    internal DateTimeOffset? DueAtValue { get; private set; }
    internal int? MaxAttemptsValue { get; private set; }
    internal TimeSpan? BackoffValue { get; private set; }
    internal TimeSpan? MaxBackoffValue { get; private set; }
    internal string? UniqueKeyValue { get; private set; }
    internal string? OwnerValue { get; private set; }
    internal TimeSpan? ResultTtlValue { get; private set; }
    internal List<string> TagValues { get; } = [];
    internal TimeSpan? ExpiresInValue { get; private set; }
    internal DateTimeOffset? ExpiresAtValue { get; private set; }
    internal TimeSpan? TimeLimitValue { get; private set; }
    internal TimeSpan? TimeLimitGraceValue { get; private set; }
    internal string? SerialKeyValue { get; private set; }
    internal List<string>? LimitValues { get; private set; }

    /// <summary>The job's id, where the caller already promised one. Default: a new one.</summary>
    public JobOptions Id(JobId id) { IdValue = id; return this; }

    public JobOptions Queue(string name) { QueueValue = name; return this; }

    public JobOptions Priority(JobPriority priority) { PriorityValue = priority; return this; }

    /// <summary>Not before this much later (Celery's countdown).</summary>
    public JobOptions In(TimeSpan delay) { DelayValue = delay; DueAtValue = null; return this; }

    /// <summary>Not before this moment (Celery's eta).</summary>
    public JobOptions At(DateTimeOffset due) { DueAtValue = due; DelayValue = null; return this; }

    public JobOptions MaxAttempts(int count) { MaxAttemptsValue = count; return this; }

    /// <summary>Rest after the first failed run, and the longest one.</summary>
    public JobOptions Backoff(TimeSpan first, TimeSpan longest) { BackoffValue = first; MaxBackoffValue = longest; return this; }

    /// <summary>While a job with this key waits or runs, enqueuing another returns that one.</summary>
    public JobOptions Unique(string key) { UniqueKeyValue = key; return this; }

    /// <summary>The user the job belongs to.</summary>
    public JobOptions Owner(string userId) { OwnerValue = userId; return this; }

    public JobOptions Tag(params ReadOnlySpan<string> tags) { TagValues.AddRange(tags); return this; }

    /// <summary>Discards the job when it has not started within this time from now.</summary>
    public JobOptions ExpiresIn(TimeSpan time) { ExpiresInValue = time; ExpiresAtValue = null; return this; }

    /// <summary>Discards the job when it has not started by this moment.</summary>
    public JobOptions ExpiresAt(DateTimeOffset moment) { ExpiresAtValue = moment; ExpiresInValue = null; return this; }

    /// <summary>How long one run may take before it is told to stop, and how long it may take to stop before it is abandoned. Either way the attempt has failed.</summary>
    public JobOptions TimeLimit(TimeSpan limit, TimeSpan? grace = null) { TimeLimitValue = limit; TimeLimitGraceValue = grace; return this; }

    /// <summary>At most one job with this key runs at a time, over all workers; in their order where they wait in the same queue with the same priority.</summary>
    public JobOptions Serial(string key) { SerialKeyValue = key; return this; }

    /// <summary>Limits the job is subject to, in place of those of its type. What they allow is set under <c>Jobs:Limits</c>, or by <see cref="Inspection.IJobLimits"/>.</summary>
    public JobOptions Limit(params ReadOnlySpan<string> names) { LimitValues = [.. names]; return this; }

    /// <summary>How long the final record stays readable.</summary>
    public JobOptions ResultTtl(TimeSpan ttl) { ResultTtlValue = ttl; return this; }
}
