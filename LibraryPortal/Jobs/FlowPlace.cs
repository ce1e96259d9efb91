namespace LibraryPortal.Jobs;

/// <summary>Where a job stands in its flow. Steps of a flow are parted by gates: a gate opens when the jobs before it have ended, and lets those behind it go.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="After">The gate it waits at; 0 is open from the start.</param>
/// <param name="From">The gate whose results it may read; 0 has none.</param>
/// <param name="Before">The gate that waits for it; 1 is the end of the flow.</param>
/// <param name="Into">The member of its arguments that takes the results, by its name in JSON; null when none does.</param>
/// <param name="TakesMany">Whether that member takes an array of all results rather than the only one.</param>
public sealed record FlowPlace(FlowId Flow, int After, int From, int Before, string? Into = null, bool TakesMany = false)
{
    /// <summary>The gate that is open from the start.</summary>
    public const int Start = 0;

    /// <summary>The gate nothing lies behind.</summary>
    public const int End = 1;
}
