namespace LibraryPortal.Hosting.Bench;

/// <summary>What one run of the queue's bench measured. Rates are jobs a second, times milliseconds.</summary>
internal sealed record BenchFigures
{
    public required string Store { get; init; }
    public required DateTimeOffset MeasuredAt { get; init; }
    public required string Machine { get; init; }
    public required string Build { get; init; }
    public required int Jobs { get; init; }
    public required int Concurrency { get; init; }
    public required double EnqueueBulk { get; init; }
    public required double EnqueueCallers { get; init; }
    public required double EnqueueOneCaller { get; init; }

    /// <summary>From the worker's start to the last completion the store acknowledged.</summary>
    public required double Drain { get; init; }

    /// <summary>From the call that enqueues to the first line of the handler, on an idle worker.</summary>
    public required double PickUpP50 { get; init; }

    public required double PickUpP99 { get; init; }
    public required double PickUpWorst { get; init; }

    /// <summary>Managed memory after the run less before it, in MiB.</summary>
    public required double MemoryGrowth { get; init; }
}
