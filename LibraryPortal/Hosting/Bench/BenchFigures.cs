namespace LibraryPortal.Hosting.Bench;

/// <summary>What one run of the queue's bench measured. Rates are jobs a second, delays milliseconds, costs microseconds of processor per job, memory bytes.</summary>
internal sealed record BenchFigures
{
    /// <summary>embedded or redis.</summary>
    public required string Store { get; init; }

    /// <summary>Its version, and how it keeps what it is told.</summary>
    public required string Server { get; init; }

    public required DateTimeOffset MeasuredAt { get; init; }
    public required string Machine { get; init; }
    public required string Build { get; init; }
    public required int Jobs { get; init; }
    public required int Concurrency { get; init; }

    public required BenchCost EnqueueBulk { get; init; }
    public required BenchCost EnqueueCallers { get; init; }
    public required BenchCost EnqueueOneCaller { get; init; }

    /// <summary>From the first run to the last completion the store acknowledged, while every metric is heard: a worker's start is no drain.</summary>
    public required BenchCost Drain { get; init; }

    /// <summary>What a brief run leaves out.</summary>
    public DetailFigures? Details { get; init; }
}

/// <summary>Delays, loads, memory, and the limit that the engine is held against.</summary>
internal sealed record DetailFigures
{
    /// <summary>From the call that enqueues to the first line of the handler, on an idle worker of the same process.</summary>
    public required Delays PickUp { get; init; }

    /// <summary>The same on an idle worker of another process; null where only one process has the store.</summary>
    public required Delays? PickUpElsewhere { get; init; }

    /// <summary>From the due time to the first line of the handler, on an idle worker.</summary>
    public required Delays Due { get; init; }

    /// <summary>A drain while every activity is heard, too.</summary>
    public BenchCost DrainTraced { get; init; }

    /// <summary>A drain while its outcomes are carried into the history in SQL.</summary>
    public BenchCost DrainTold { get; init; }

    /// <summary>Jobs enqueued one by one by many callers and run at the same time.</summary>
    public required double Capacity { get; init; }

    /// <summary>An open loop at parts of the capacity.</summary>
    public required IReadOnlyList<LoadFigures> Load { get; init; }

    public required IdleFigures Idle { get; init; }
    public required MemoryFigures Memory { get; init; }

    /// <summary>The same work without an engine.</summary>
    public required BareFigures Bare { get; init; }

    /// <summary>What the engine's part of enqueuing in bulk went into.</summary>
    public required EngineParts BulkParts { get; init; }

    /// <summary>What the engine's part went into where many callers enqueue, each waiting for the store's answer.</summary>
    public required EngineParts CallerParts { get; init; }

    /// <summary>What the engine's part of a drain went into.</summary>
    public required EngineParts DrainParts { get; init; }
}

/// <param name="Percent">Of the capacity.</param>
/// <param name="Rate">Jobs a second that arrived.</param>
/// <param name="Delays">From the moment a job was to be enqueued to the first line of its handler.</param>
/// <param name="Sending">The part of it before it was handed to the engine: whoever enqueues wakes about every millisecond.</param>
internal sealed record LoadFigures(int Percent, double Rate, Delays Delays, Delays Sending);

/// <param name="RedisCommands">Commands a second of one idle worker.</param>
/// <param name="EngineCpu">Percent of a core.</param>
/// <param name="RedisCpu">Percent of a core.</param>
internal sealed record IdleFigures(double RedisCommands, double EngineCpu, double RedisCpu);
