using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Jobs.Stores;

/// <summary>One schedule as a store keeps it.</summary>
public sealed record StoredSchedule
{
    public required string Name { get; init; }

    /// <summary>Grows with every change, firing included; never the same again, not even after the schedule was deleted and made anew.</summary>
    public required long Revision { get; init; }

    /// <summary>What the store was given to keep.</summary>
    public required ReadOnlyMemory<byte> Definition { get; init; }

    /// <summary>Every due time up to here is dealt with.</summary>
    public required DateTimeOffset Cursor { get; init; }

    /// <summary>Due times that wait for the run before them to end, in their order.</summary>
    public IReadOnlyList<DateTimeOffset> Waiting { get; init; } = [];

    /// <summary>The due time that was fired last.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastFiredAt { get; init; }

    /// <summary>The job it made.</summary>
    public JobId? LastJob { get; init; }

    /// <summary>Jobs made so far.</summary>
    public long Fired { get; init; }

    /// <summary>Due times passed over because a run had not ended.</summary>
    public long PassedOver { get; init; }
}

/// <param name="Revision">What the caller has seen; 0 for a schedule that must not exist yet.</param>
/// <param name="IsActive">False for one that is not to be looked at.</param>
/// <param name="StartsAnew">Whether everything up to now counts as dealt with and nothing waits; a new schedule always starts so.</param>
public sealed record ScheduleWrite(string Name, long Revision, ReadOnlyMemory<byte> Definition, bool IsActive, bool StartsAnew);

/// <param name="Now">The store's time.</param>
/// <param name="Due">The schedules to look at.</param>
/// <param name="Next">How long until another one is to be looked at; null when none is.</param>
/// <param name="SomeWait">Whether some due time waits for a run to end.</param>
public sealed record DueSchedules(DateTimeOffset Now, IReadOnlyList<StoredSchedule> Due, TimeSpan? Next, bool SomeWait);

/// <param name="Due">A due time.</param>
/// <param name="Job">The job for it.</param>
public readonly record struct DueJob(DateTimeOffset Due, JobEnvelope Job);

/// <summary>Which due times to fire and where the schedule then stands.</summary>
/// <param name="Revision">What the caller has seen; the request is stale when it is another by now.</param>
/// <param name="Due">In their order, none after the store's now: else the request is stale too.</param>
public sealed record FireRequest(string Name, long Revision, OverlapPolicy Overlap, IReadOnlyList<DueJob> Due)
{
    /// <summary>The due time that has waited longest, fired before all others once the last run has ended.</summary>
    public DueJob? Head { get; init; }

    /// <summary>Where the schedule stands afterwards; null leaves it where it is.</summary>
    public ScheduleProgress? Progress { get; init; }
}

/// <param name="Cursor">Every due time up to here is dealt with.</param>
/// <param name="LookAt">When to look at the schedule again; null: not any more.</param>
public readonly record struct ScheduleProgress(DateTimeOffset Cursor, DateTimeOffset? LookAt);

/// <param name="IsStale">Somebody was faster, or the schedule was changed, or the clock set back: nothing was done.</param>
/// <param name="Fired">The jobs this call made.</param>
/// <param name="PassedOver">Due times that came to nothing because a run had not ended.</param>
/// <param name="Waiting">Due times that wait now.</param>
public sealed record FireReply(bool IsStale, IReadOnlyList<JobId> Fired, int PassedOver, int Waiting)
{
    public static FireReply Stale { get; } = new(IsStale: true, [], 0, 0);
}
