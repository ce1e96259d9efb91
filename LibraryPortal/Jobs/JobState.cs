namespace LibraryPortal.Jobs;

/// <summary>Where a job is in its life. The transition table, with who may cause each, is in <c>Jobs/README.md</c>.</summary>
public enum JobState
{
    /// <summary>Waits for other jobs of its flow.</summary>
    Waiting,

    /// <summary>Not due yet, or resting between two attempts.</summary>
    Scheduled,

    /// <summary>Due; waits for a free worker.</summary>
    Queued,

    /// <summary>Owned by exactly one worker run.</summary>
    Running,

    /// <summary>Its handler returned.</summary>
    Succeeded,

    /// <summary>Its attempts are spent, or its handler gave up for good. Kept, and replayable.</summary>
    Failed,

    /// <summary>Stopped on request before it succeeded.</summary>
    Cancelled,

    /// <summary>Not started by its expiry.</summary>
    Expired,

    /// <summary>Its worker died under it too often. Kept, and replayable.</summary>
    Quarantined,
}
