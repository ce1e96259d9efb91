using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Hosting.Bench;

/// <summary>What a bare loop is to do.</summary>
/// <param name="Jobs">In all.</param>
internal sealed record BareWork(int Jobs)
{
    /// <summary>Jobs in one call that enqueues; by default as many as the engine ever sends.</summary>
    public int EnqueueBatch { get; init; } = BatchLimits.Jobs;

    /// <summary>Such calls under way at once.</summary>
    public int UnderWay { get; init; } = 4;

    /// <summary>Jobs in one call that claims, and in one that tells the ends.</summary>
    public int DrainBatch { get; init; } = BatchLimits.Jobs;
}
