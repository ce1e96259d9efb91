namespace LibraryPortal.Jobs;

/// <summary>What one call may set beside the defaults of the job's type. Each method returns the options, so that calls chain.</summary>
/// <remarks>Nothing is checked here: a value out of range is refused with an <see cref="ArgumentException"/> by the call that makes the job, such as
/// <see cref="IJobClient.EnqueueAsync(IJobArgs, Action{JobOptions}?, CancellationToken)"/>. Where no default is named, it is that of the job's type
/// (<see cref="JobAttribute"/>). Times are rounded up to whole milliseconds.</remarks>
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

    /// <summary>The queue it waits in: a lower-case word of letters, digits and hyphens, at most 50 characters.</summary>
    public JobOptions Queue(string name) { QueueValue = name; return this; }

    /// <summary>Its place among the jobs of its queue.</summary>
    public JobOptions Priority(JobPriority priority) { PriorityValue = priority; return this; }

    /// <summary>Not before this much later (Celery's countdown): 0 to 3,650 days. Default: at once.</summary>
    public JobOptions In(TimeSpan delay) { DelayValue = delay; DueAtValue = null; return this; }

    /// <summary>Not before this moment (Celery's eta); one in the past means at once. Default: at once.</summary>
    public JobOptions At(DateTimeOffset due) { DueAtValue = due; DelayValue = null; return this; }

    /// <summary>Runs that may fail before the job has failed: 1 to 1,000.</summary>
    public JobOptions MaxAttempts(int count) { MaxAttemptsValue = count; return this; }

    /// <summary>Rest after the first failed run, 0 to 3,650 days, and the longest one, at least as long and at most 3,650 days; it doubles from run to run.</summary>
    public JobOptions Backoff(TimeSpan first, TimeSpan longest) { BackoffValue = first; MaxBackoffValue = longest; return this; }

    /// <summary>While a job with this key waits or runs, enqueuing another returns that one. 1 to 200 visible characters. Default: none.</summary>
    public JobOptions Unique(string key) { UniqueKeyValue = key; return this; }

    /// <summary>The user the job belongs to: 1 to 200 visible characters. Default: none.</summary>
    public JobOptions Owner(string userId) { OwnerValue = userId; return this; }

    /// <summary>Words to find it by in the history, added to those given before: at most 20, of 1 to 100 visible characters each. Default: none.</summary>
    public JobOptions Tag(params ReadOnlySpan<string> tags) { TagValues.AddRange(tags); return this; }

    /// <summary>Discards the job when it has not started within this time from now: 1 ms to 3,650 days, and past its due time.</summary>
    public JobOptions ExpiresIn(TimeSpan time) { ExpiresInValue = time; ExpiresAtValue = null; return this; }

    /// <summary>Discards the job when it has not started by this moment, which must be past its due time.</summary>
    public JobOptions ExpiresAt(DateTimeOffset moment) { ExpiresAtValue = moment; ExpiresInValue = null; return this; }

    /// <summary>How long one run may take before it is told to stop, 1 ms to 30 days, and how long it may take from then on before it is abandoned, 0 to 1 day (default: that of the type, or
    /// 10 s). What returns by then has succeeded, for the work is done; what throws has failed in this attempt, and so has what is abandoned. Default: no limit.</summary>
    public JobOptions TimeLimit(TimeSpan limit, TimeSpan? grace = null) { TimeLimitValue = limit; TimeLimitGraceValue = grace; return this; }

    /// <summary>At most one job with this key runs at a time, over all workers; in their order where they wait in the same queue with the same priority. 1 to 200
    /// visible characters. Default: none.</summary>
    public JobOptions Serial(string key) { SerialKeyValue = key; return this; }

    /// <summary>Limits the job is subject to, in place of those of its type: at most 8 names. What they allow is set under <c>Jobs:Limits</c>, or by <see cref="Inspection.IJobLimits"/>.</summary>
    public JobOptions Limit(params ReadOnlySpan<string> names) { LimitValues = [.. names]; return this; }

    /// <summary>How long the final record stays readable: 1 s to 3,650 days.</summary>
    public JobOptions ResultTtl(TimeSpan ttl) { ResultTtlValue = ttl; return this; }
}
