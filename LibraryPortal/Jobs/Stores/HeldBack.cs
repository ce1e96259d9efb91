namespace LibraryPortal.Jobs.Stores;

/// <summary>What keeps a queued job from running, in a sentence.</summary>
internal static class HeldBack
{
    /// <summary>A queue is served by workers heard of within this time.</summary>
    public static readonly TimeSpan HeardOfWithin = TimeSpan.FromSeconds(15);

    /// <param name="parked">What it is set aside for, a <see cref="ParkedName"/>; empty or null when it is not.</param>
    /// <param name="gate">The gate it waits at: s and a serial key, or c and the name of a limit; empty or null when it waits at none.</param>
    public static string? Describe(JobEnvelope job, string? parked, string? gate, bool isUnserved, bool isPaused)
    {
        if (isPaused)
            return $"The queue '{job.Queue}' is paused.";
        if (isUnserved)
            return $"No live worker takes jobs from the queue '{job.Queue}'.";
        if (!string.IsNullOrEmpty(parked))
            return ParkedName.Describe(job, parked);

        return string.IsNullOrEmpty(gate) ? null
            : gate[0] == 's' ? $"It waits for another job with the serial key '{job.SerialKey}' to end."
            : $"It waits for its turn: the limit '{gate[1..]}' is reached.";
    }
}
