namespace LibraryPortal.Jobs;

/// <summary>The bounds of retry settings and times-to-live, the same for a job type's defaults and for one call.</summary>
internal static class RetryLimits
{
    public const int MaxAttempts = 1_000;
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);

    public static RetryPolicy Check(int attempts, TimeSpan first, TimeSpan longest, Func<string, Exception> refuse)
    {
        if (attempts is < 1 or > MaxAttempts)
            throw refuse($"asks for {attempts} attempts; expected 1 to {MaxAttempts}");
        if (first < TimeSpan.Zero || first > Longest)
            throw refuse($"rests {first} after the first failed run; expected 0 to {Longest.TotalDays} days");
        if (longest < first || longest > Longest)
            throw refuse($"rests at most {longest}; expected at least the first rest ({first}) and at most {Longest.TotalDays} days");
        return new RetryPolicy(attempts, WholeMilliseconds(first), WholeMilliseconds(longest));
    }

    public static TimeSpan CheckTtl(TimeSpan ttl, Func<string, Exception> refuse) =>
        ttl >= TimeSpan.FromSeconds(1) && ttl <= Longest
            ? WholeMilliseconds(ttl)
            : throw refuse($"keeps its result for {ttl}; expected 1 second to {Longest.TotalDays} days");

    // Upwards: a rest is never shorter than asked for.
    public static TimeSpan WholeMilliseconds(TimeSpan span) =>
        TimeSpan.FromTicks((span.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);
}
