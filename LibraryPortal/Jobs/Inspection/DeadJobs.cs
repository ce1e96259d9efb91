namespace LibraryPortal.Jobs.Inspection;

/// <summary>Which of the jobs that ended without success. What is left out matches every one.</summary>
public sealed record DeadFilter
{
    /// <summary>How they ended. Default: failed and quarantined.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [JobState.Failed, JobState.Quarantined];

    /// <summary>The job's name.</summary>
    public string? Name { get; init; }

    public string? Queue { get; init; }

    public string? Owner { get; init; }

    /// <summary>A text their error has in it. Of the letters a to z the case does not matter.</summary>
    public string? Error { get; init; }

    /// <summary>Ended at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Ended before this moment.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>What became of many dead jobs.</summary>
/// <param name="Matched">Jobs the filter names.</param>
/// <param name="Changed">Of these, the jobs that were replayed or discarded.</param>
/// <param name="Refused">Of these, the jobs that could not be: another job has their unique key, or their flow is being stopped or still kept.</param>
public sealed record DeadReply(int Matched, int Changed, int Refused);

/// <summary>What became of a request to discard a job.</summary>
public enum DiscardReply
{
    /// <summary>It is forgotten.</summary>
    Discarded,

    /// <summary>It has not ended, or it succeeded.</summary>
    NotDead,

    /// <summary>It is part of a flow that is still kept; it goes with the flow.</summary>
    PartOfFlow,

    Unknown,
}
