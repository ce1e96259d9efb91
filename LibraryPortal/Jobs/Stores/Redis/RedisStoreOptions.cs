namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Settings of the Redis store.</summary>
internal sealed record RedisStoreOptions
{
    /// <summary>Begins every key, in braces. Default: <c>lp</c>.</summary>
    public string Prefix { get; init; } = "lp";

    /// <summary>Records of succeeded jobs kept at most, whatever their time-to-live; the oldest goes first. Default: 250,000.</summary>
    public int KeepSucceeded { get; init; } = EndedCaps.Usual.Succeeded;

    /// <summary>Records of failed, quarantined, cancelled and expired jobs kept at most, each. Default: 100,000.</summary>
    public int KeepDead { get; init; } = EndedCaps.Usual.Dead;

    /// <summary>Flows that have ended kept at most, whatever their time-to-live; the oldest goes first. Default: 20,000.</summary>
    public int KeepFlows { get; init; } = EndedCaps.Usual.Flows;

    /// <summary>Text in place of <c>_time.lua</c>, where a test wants time to jump: defines <c>now</c> and <c>micros</c>. Default: none, the clock of Redis.</summary>
    public string? Clock { get; init; }

    /// <summary>A call not answered within this time counts as failed, though it may still be done. Default: 5 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for beats and reaps, which must not outlast a worker's lease. Default: 2 s.</summary>
    public TimeSpan ControlTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
