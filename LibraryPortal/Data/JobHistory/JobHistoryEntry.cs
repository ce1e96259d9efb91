namespace LibraryPortal.Data.JobHistory;

/// <summary>One outcome of one job, kept to be searched. A replayed job has one for each outcome.</summary>
public sealed class JobHistoryEntry
{
    /// <summary>Grows in the order of arrival, which is the order of ending but for moments.</summary>
    public long Id { get; init; }

    public required Guid JobId { get; init; }

    public required string Name { get; init; }

    /// <summary>How it ended.</summary>
    public required string State { get; init; }

    public string? Owner { get; init; }

    /// <summary>The worker run that had it last.</summary>
    public string? Worker { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>How long its last run took, in milliseconds; null when it never ran.</summary>
    public long? DurationMs { get; init; }

    /// <summary>A JSON array.</summary>
    public required string Tags { get; init; }

    /// <summary>All that is known of it, as the engine writes it in JSON.</summary>
    public required string Record { get; init; }
}
