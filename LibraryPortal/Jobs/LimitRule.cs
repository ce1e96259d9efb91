namespace LibraryPortal.Jobs;

/// <summary>What a named limit allows, over all workers.</summary>
/// <param name="Running">Jobs at once at most, 0 to 10,000; null: any number; 0: none for the time being.</param>
/// <param name="Starts">Jobs that may start within any stretch of time as long as <paramref name="Per"/>, 1 to 10,000; null: any number.</param>
/// <param name="Per">The stretch of time, 1 ms to 31 days; zero where <paramref name="Starts"/> is null.</param>
/// <remarks>A rule out of range is refused where it is set: at the program's start, or with an <see cref="ArgumentException"/> by <see cref="Inspection.IJobLimits"/>.</remarks>
public sealed record LimitRule(int? Running = null, int? Starts = null, TimeSpan Per = default)
{
    internal const int Most = 10_000;

    internal static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(31);

    /// <returns>What is wrong with it, to follow its name in a sentence; null when it can be used.</returns>
    internal string? FindFault() => this switch
    {
        { Running: null, Starts: null } => "allows everything; expected Running, or Starts and Per, or both",
        { Running: < 0 or > Most } => $"allows {Running} at once; expected 0 to {Most:N0}",
        { Starts: < 1 or > Most } => $"allows {Starts} starts; expected 1 to {Most:N0}",
        { Starts: not null } when Per < TimeSpan.FromMilliseconds(1) || Per > LongestPeriod => $"counts starts per {Per}; expected 1 millisecond to 31 days",
        { Starts: null } when Per != TimeSpan.Zero => $"has a period of {Per} and no number of starts; expected both or neither",
        _ => null,
    };
}
