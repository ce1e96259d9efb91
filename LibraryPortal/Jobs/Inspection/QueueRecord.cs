namespace LibraryPortal.Jobs.Inspection;

/// <summary>One queue at one moment.</summary>
/// <param name="Depth">Jobs ready to run.</param>
/// <param name="OldestSince">Since when the first in its lines has been ready; null when none is.</param>
public sealed record QueueRecord(string Name, long Depth, DateTimeOffset? OldestSince);
