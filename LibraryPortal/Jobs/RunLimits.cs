namespace LibraryPortal.Jobs;

/// <summary>The bounds of expiry, time limits and limits by name, the same for a job type's defaults and for one call.</summary>
internal static class RunLimits
{
    public const double DefaultGraceSeconds = 10;
    public const int MostNames = 8;
    public const int MaxVersion = 1_000;

    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public static TimeSpan CheckExpiry(TimeSpan time, Func<string, Exception> refuse) => time >= Shortest && time <= RetryLimits.Longest
        ? RetryLimits.WholeMilliseconds(time)
        : throw refuse($"expires after {time}; expected 1 millisecond to {RetryLimits.Longest.TotalDays} days");

    public static TimeSpan CheckTimeLimit(TimeSpan limit, Func<string, Exception> refuse) => limit >= Shortest && limit <= TimeSpan.FromDays(30)
        ? RetryLimits.WholeMilliseconds(limit)
        : throw refuse($"has a time limit of {limit}; expected 1 millisecond to 30 days");

    public static TimeSpan CheckGrace(TimeSpan grace, Func<string, Exception> refuse) => grace >= TimeSpan.Zero && grace <= TimeSpan.FromDays(1)
        ? RetryLimits.WholeMilliseconds(grace)
        : throw refuse($"gives a run {grace} to stop past its time limit; expected 0 to 1 day");

    public static IReadOnlyList<string> CheckNames(IReadOnlyList<string> names, Func<string, Exception> refuse)
    {
        if (names.Count > MostNames)
            throw refuse($"is subject to {names.Count} limits; expected at most {MostNames}");
        if (names.FirstOrDefault(name => !JobNames.IsLimit(name)) is { } bad)
            throw refuse($"is subject to the limit '{bad}'; expected {JobNames.JobForm}");
        return names.Count == 0 ? [] : [.. names.Distinct()];
    }
}
