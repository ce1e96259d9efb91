namespace LibraryPortal.Jobs.Schedules;

/// <summary>What a schedule declared in code may set beside its rule. Each method returns the options, so that calls chain.</summary>
public sealed class ScheduleOptions
{
    internal MissedRuns MissedValue { get; private set; } = MissedRuns.Last;
    internal OverlapPolicy OverlapValue { get; private set; }
    internal TimeSpan JitterValue { get; private set; }
    internal bool PausedValue { get; private set; }
    internal DateTimeOffset? StartsAtValue { get; private set; }
    internal DateTimeOffset? EndsAtValue { get; private set; }
    internal Action<JobOptions>? JobValue { get; private set; }

    /// <inheritdoc cref="Schedule.Missed"/>
    public ScheduleOptions Missed(MissedRuns policy) { MissedValue = policy; return this; }

    /// <inheritdoc cref="Schedule.Overlap"/>
    public ScheduleOptions Overlap(OverlapPolicy policy) { OverlapValue = policy; return this; }

    /// <inheritdoc cref="Schedule.Jitter"/>
    public ScheduleOptions Jitter(TimeSpan most) { JitterValue = most; return this; }

    /// <summary>It is listed and can be run by hand, but is not due until an operator resumes it.</summary>
    public ScheduleOptions Paused() { PausedValue = true; return this; }

    /// <summary>Due from the first moment on and before the second; null: no bound.</summary>
    public ScheduleOptions Between(DateTimeOffset? start, DateTimeOffset? end) { (StartsAtValue, EndsAtValue) = (start, end); return this; }

    /// <summary>Options of the jobs it fires. An id or a due time has no effect here.</summary>
    public ScheduleOptions Job(Action<JobOptions> options) { JobValue += options; return this; }
}
