namespace LibraryPortal.Jobs.Inspection;

/// <summary>One queue at one moment.</summary>
/// <param name="Depth">Jobs ready to run, were the queue not paused.</param>
/// <param name="OldestSince">Since when the first in its lines has been ready; null when none is.</param>
/// <param name="PausedAt">Since when nothing is taken from it; null while it is not paused.</param>
public sealed record QueueRecord(string Name, long Depth, DateTimeOffset? OldestSince, DateTimeOffset? PausedAt = null)
{
    public bool IsPaused => PausedAt is not null;
}
