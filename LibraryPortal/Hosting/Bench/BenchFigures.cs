namespace LibraryPortal.Hosting.Bench;

/// <summary>What one run of the queue's bench measured. Rates are jobs a second, delays milliseconds, costs microseconds of processor per job, memory bytes.</summary>
internal sealed record BenchFigures
{
    public required string Store { get; init; }
    public required DateTimeOffset MeasuredAt { get; init; }
    public required string Machine { get; init; }
    public required string Build { get; init; }
    public required int Jobs { get; init; }
    public required int Concurrency { get; init; }

    public required BenchCost EnqueueBulk { get; init; }
    public required BenchCost EnqueueCallers { get; init; }
    public required BenchCost EnqueueOneCaller { get; init; }

    /// <summary>From the first run to the last completion the store acknowledged: a worker's start is no drain.</summary>
    public required BenchCost Drain { get; init; }

    /// <summary>What a brief run leaves out.</summary>
    public DetailFigures? Details { get; init; }
}

/// <summary>Delays, loads, memory, and the limit that the engine is held against.</summary>
internal sealed record DetailFigures
{
    /// <summary>From the call that enqueues to the first line of the handler, on an idle worker.</summary>
    public required Delays PickUp { get; init; }

    /// <summary>From the due time to the first line of the handler, on an idle worker.</summary>
    public required Delays Due { get; init; }

    /// <summary>A drain while every metric and every activity is listened to.</summary>
    public BenchCost DrainHeard { get; init; }

    /// <summary>A drain while its outcomes are carried into the history in SQL.</summary>
    public BenchCost DrainTold { get; init; }

    /// <summary>Jobs enqueued one by one by many callers and run at the same time.</summary>
    public required double Capacity { get; init; }

    /// <summary>From the moment a job was to be enqueued to the first line of its handler, at parts of the capacity. Whoever enqueues wakes about every millisecond.</summary>
    public required IReadOnlyList<LoadFigures> Load { get; init; }

    public required IdleFigures Idle { get; init; }
    public required MemoryFigures Memory { get; init; }

    /// <summary>The same work without an engine.</summary>
    public required BareFigures Bare { get; init; }

    /// <summary>Writing and reading a job and its arguments, in microseconds.</summary>
    public required double Serialising { get; init; }
}

/// <param name="Percent">Of the capacity.</param>
/// <param name="Rate">Jobs a second that arrived.</param>
internal sealed record LoadFigures(int Percent, double Rate, Delays Delays);

/// <param name="RedisCommands">Commands a second of one idle worker.</param>
/// <param name="EngineCpu">Percent of a core.</param>
/// <param name="RedisCpu">Percent of a core.</param>
internal sealed record IdleFigures(double RedisCommands, double EngineCpu, double RedisCpu);

/// <param name="PerWaitingJob">What the store takes for a job that waits: Redis' memory, or the file.</param>
/// <param name="StoreGrowth">What the store takes more than before, after all jobs of the memory phase have ended and were forgotten.</param>
/// <param name="EngineGrowth">Managed memory after the run less before it.</param>
internal sealed record MemoryFigures(double PerWaitingJob, long StoreGrowth, long EngineGrowth);

/// <param name="Enqueue">Batches written to the store, nothing checked, jobs a second.</param>
/// <param name="Drain">Batches taken and ended, nothing run, jobs a second.</param>
internal sealed record BareFigures(double Enqueue, double Drain);
