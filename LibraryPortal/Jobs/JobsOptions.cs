using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Jobs;

/// <summary>Settings of the engine, under <c>Jobs:</c> in the configuration. Checked at start.</summary>
public sealed class JobsOptions
{
    /// <summary>The section of the configuration they are read from.</summary>
    public const string Section = "Jobs";

    /// <summary>Jobs one worker process runs at once. Default: 20; 1 to 4,096.</summary>
    [Range(1, 4_096)]
    public int Slots { get; set; } = 20;

    /// <summary>Jobs a worker may hold beyond its slots while runs are short; they are handed back when the slots do not get to them. Default: 256; 0 to 4,096, 0 never prefetches.</summary>
    [Range(0, 4_096)]
    public int Prefetch { get; set; } = 256;

    /// <summary>The queues a worker takes from. Default: empty, which means every queue named by a job type this program knows.</summary>
    public IList<string> Queues { get; } = [];

    /// <summary>Whether lower priorities get a share of this worker's claims. Default: <see cref="PriorityOrder.Fair"/>.</summary>
    [EnumDataType(typeof(PriorityOrder))]
    public PriorityOrder Priorities { get; set; } = PriorityOrder.Fair;

    /// <summary>What named limits allow, by name; each worker declares them before it takes jobs, and they hold while one
    /// does. A rule an operator has set goes before. Default: none.</summary>
    public IDictionary<string, LimitRule> Limits { get; } = new Dictionary<string, LimitRule>(StringComparer.Ordinal);

    /// <summary>How often a worker renews its lease. Default: 2 s; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A worker that could not renew for this long tells its handlers to stop, by itself and at that moment. Default: 6 s; at least two heartbeats, at most 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>A worker silent for this long is taken for dead and its jobs run elsewhere. Default: 8 s; longer than the lease, by the time handlers need to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00.030", "00:15:00")]
    public TimeSpan ReapAfter { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How often a worker looks for dead ones, and the longest it waits for work it was not told of. Default: 1 s; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a worker proves that it takes jobs; one that cannot within as long again is not ready and restarts its consumer. Default: 10 s; 0 to 10 minutes, 0 never does.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan CanaryInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Workers that may die under a job before it is quarantined. Default: 3; 1 to 100.</summary>
    [Range(1, 100)]
    public int QuarantineAfter { get; set; } = 3;

    /// <summary>How long a stopping worker waits for its running jobs before it stops them and hands them back. Default: 20 s; 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long handlers that were told to stop may take, before their jobs are handed back under them. Default: 5 s; 0 to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest arguments and results, in bytes of JSON. Default: 131,072; 256 to 16,777,216.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxPayloadBytes { get; set; } = 128 * 1024;
}
