namespace LibraryPortal.Jobs.Schedules;

/// <summary>A recurring job as it was defined. What changes by itself (last run, next run) is not part of it.</summary>
public sealed record Schedule
{
    /// <summary>The contract: a schedule keeps its history and its operator's changes under this name.
    /// Lower-case words joined by dots, such as <c>loans.reminders</c>.</summary>
    public required string Name { get; init; }

    public required ScheduleRule Rule { get; init; }

    /// <summary>The job it fires. Its id and times are set for each run.</summary>
    public required JobEnvelope Job { get; init; }

    /// <summary>Default: <see cref="MissedRuns.Last"/>.</summary>
    public MissedRuns Missed { get; init; } = MissedRuns.Last;

    /// <summary>Default: <see cref="OverlapPolicy.Skip"/>.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>Each run starts up to this much after its due time, by an amount fixed per due time, so that schedules of the same minute spread.
    /// Default: none. At most a day.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>While paused nothing is due, and what would have been is not made up for later.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Never due before this; null: from the beginning.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Never due at or after this; null: for ever.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
