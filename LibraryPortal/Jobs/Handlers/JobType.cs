namespace LibraryPortal.Jobs.Handlers;

/// <summary>One kind of job this program knows: its name, the defaults its attribute sets, and how to run it.</summary>
internal sealed class JobType
{
    public required string Name { get; init; }
    public required string Queue { get; init; }
    public required JobPriority Priority { get; init; }
    public required RetryPolicy Retry { get; init; }
    public required TimeSpan ResultTtl { get; init; }
    public bool KeepsHistory { get; init; } = true;
    public TimeSpan? ExpiresIn { get; init; }
    public TimeSpan? TimeLimit { get; init; }
    public required TimeSpan TimeLimitGrace { get; init; }
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>The version of the arguments it enqueues and runs.</summary>
    public required int Version { get; init; }

    public required Type Handler { get; init; }
    public required Type Args { get; init; }
    public required HandlerInvoker Invoker { get; init; }
}
