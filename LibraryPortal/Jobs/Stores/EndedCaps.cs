namespace LibraryPortal.Jobs.Stores;

/// <summary>How many ended jobs and flows a store keeps at most, whatever their time-to-live; the oldest go first. What is still to go into the history stays until there
/// are four times as many.</summary>
/// <param name="Succeeded">Of successes.</param>
/// <param name="Dead">Of failed, quarantined, cancelled and expired jobs, each.</param>
/// <param name="Flows">Of flows that have ended.</param>
internal sealed record EndedCaps(int Succeeded, int Dead, int Flows)
{
    /// <summary>250,000, 100,000 and 20,000.</summary>
    public static EndedCaps Usual { get; } = new(250_000, 100_000, 20_000);

    /// <summary>For programs that hold a store's count against their own.</summary>
    public static EndedCaps None { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue);
}
