namespace LibraryPortal.Jobs;

/// <summary>Exponential back-off with jitter: the nth rest lies evenly between half and the whole of <c>min(cap, base × 2ⁿ⁻¹)</c>.</summary>
/// <param name="MaxAttempts">Runs that may fail before the job has failed; at least 1.</param>
/// <param name="Base">Rest after the first failed run.</param>
/// <param name="Cap">The longest rest.</param>
/// <remarks>"Equal jitter" of Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.</remarks>
public readonly record struct RetryPolicy(int MaxAttempts, TimeSpan Base, TimeSpan Cap)
{
    internal const double DefaultBaseSeconds = 2;
    internal const double DefaultCapSeconds = 3_600;

    /// <summary>The rest after the given failed attempt.</summary>
    /// <param name="failedAttempt">1 for the first run.</param>
    /// <param name="jitter">From 0 to 1, drawn by the caller.</param>
    public TimeSpan RestAfter(int failedAttempt, double jitter)
    {
        // 2^62 ticks is past any cap; a larger exponent would overflow.
        var doublings = Math.Clamp(failedAttempt - 1, 0, 62);
        var full = Math.Min(Cap.Ticks, Base.Ticks * Math.Pow(2, doublings));
        return TimeSpan.FromTicks((long)(full * (0.5 + (0.5 * jitter))));
    }
}
