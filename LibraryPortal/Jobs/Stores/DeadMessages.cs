using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What is done with dead jobs that match.</summary>
public enum DeadAction
{
    Count,
    Retry,
    Discard,
}

/// <summary>Where a walk over the dead jobs of one state is: behind this job, oldest first.</summary>
/// <param name="EndedMs">When it ended, in ms.</param>
/// <param name="Tie">Tells it from others of that moment; the store's own affair.</param>
public readonly record struct DeadPosition(long EndedMs, string Tie);

/// <summary>One stretch of a walk over the dead jobs of one state.</summary>
/// <param name="Filter">Which of them; its states are the caller's affair.</param>
/// <param name="Before">Jobs that ended at this moment or later are left alone: those that fail again meanwhile.</param>
/// <param name="After">Where the walk is; null at its start.</param>
/// <param name="Most">Jobs to look at.</param>
public sealed record DeadSweep(DeadAction Action, DeadFilter Filter, JobState State, DateTimeOffset Before, DeadPosition? After, int Most)
{
    /// <summary>When the first of those replayed is due; null: all at once.</summary>
    public DateTimeOffset? FirstDue { get; init; }

    /// <summary>How much later each further one is due.</summary>
    public TimeSpan Spacing { get; init; }
}

/// <param name="Next">Where to go on; null when the walk is over.</param>
public sealed record DeadSweepReply(int Matched, int Changed, int Refused, DeadPosition? Next);
