using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Chaos;

/// <summary>How much is done: little in the suite, on short leases; in full, as a worker is set up by default, by <c>./test.sh chaos</c>.</summary>
internal static class ChaosScale
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("LIBRARYPORTAL_CHAOS") == "full";

    public static int Jobs(int inSuite, int inFull) => IsFull ? inFull : inSuite;

    /// <summary>Within which the jobs of a dead worker must run again; the suite's machine may be busy with anything.</summary>
    public static TimeSpan Recovery => IsFull ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(60);

    /// <summary>Within which work goes on after the store is back.</summary>
    public static TimeSpan Resumption => IsFull ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(60);

    /// <summary>How long a store is away, well within a lease.</summary>
    public static TimeSpan Outage => TimeSpan.FromMilliseconds(IsFull ? 2_000 : 400);

    /// <summary>How long a worker needs at most to hand back what runs once it is told to stop, in full: its grace, and its patience with handlers.</summary>
    public static TimeSpan HandBack => new JobsOptions().ShutdownGrace + new JobsOptions().StopPatience;

    /// <summary>Whether an outage lasts longer than the lease of a worker, which then stops its handlers.</summary>
    public static bool OutlastsLease(TimeSpan outage) => outage > Lease;

    /// <summary>Whether an outage may have lasted to the end of a lease. The suite's machine may be busy with anything, and the lease not have been renewed for a beat or two.</summary>
    public static bool MayOutlastLease(TimeSpan outage) => IsFull ? OutlastsLease(outage) : outage > Lease - 2 * Heartbeat;

    /// <summary>How long a process is frozen: until any other would take it for dead.</summary>
    public static TimeSpan Silence => (IsFull ? new JobsOptions().ReapAfter : TimeSpan.FromSeconds(6)) + TimeSpan.FromMilliseconds(500);

    static TimeSpan Heartbeat => IsFull ? new JobsOptions().Heartbeat : TimeSpan.FromMilliseconds(400);

    static TimeSpan Lease => IsFull ? new JobsOptions().Lease : TimeSpan.FromSeconds(5);

    // What a worker that died told of is carried into the history by the other, which is not told so.
    const string Poll = "Jobs:History:PollInterval=00:00:01";

    /// <summary>Leases in the suite are shorter than by default, yet so long that only a worker that is dead or frozen loses its own.</summary>
    public static string[] Worker => IsFull ? ["Jobs:Slots=16", Poll] : ["Jobs:Slots=16", Poll, $"Jobs:Heartbeat={Heartbeat}", $"Jobs:Lease={Lease}", "Jobs:ReapAfter=00:00:06", "Jobs:PollInterval=00:00:00.400"];
}
