namespace LibraryPortal.Jobs.Schedules;

/// <summary>A schedule as it is at one moment.</summary>
public sealed record ScheduleRecord
{
    public required string Name { get; init; }

    /// <summary>Null where another version of the program wrote it and this one cannot read it.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Its rule in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>Code declares it.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>An operator changed what code declares.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Code declared it once and does so no more; it is never due.</summary>
    public bool IsRetired { get; init; }

    /// <summary>When it is due next; in the past when no scheduler runs; null when it is not due any more, paused or retired.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>The due time that fired last.</summary>
    public DateTimeOffset? LastDue { get; init; }

    public DateTimeOffset? LastFiredAt { get; init; }

    /// <summary>The job it made.</summary>
    public JobId? LastJob { get; init; }

    /// <summary>What became of that job; null once its record has expired.</summary>
    public JobState? LastState { get; init; }

    /// <summary>Due times that wait for the run before them to end.</summary>
    public int Waiting { get; init; }

    /// <summary>Jobs made so far.</summary>
    public long Fired { get; init; }

    /// <summary>Due times passed over because a run had not ended.</summary>
    public long PassedOver { get; init; }

    /// <summary>Why this process cannot fire it, in a sentence; null when it can.</summary>
    public string? Problem { get; init; }
}
