using System.Globalization;
using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Chaos;

/// <summary>A chord of a thousand. Its second half waits for a gate, so that a kill meets it in its middle however busy the machine is.</summary>
internal static class ChaosChord
{
    public const int Parts = 1_000;

    public static IServiceCollection AddChaosChord(this IServiceCollection services) => services.AddJobHandler<ChaosPartJob>().AddJobHandler<ChaosWholeJob>();

    /// <param name="gate">A file that is not there yet.</param>
    /// <returns>Its jobs.</returns>
    public static async Task<IReadOnlyList<JobId>> StartAsync(IJobFlows flows, string gate)
    {
        List<JobId> ids = [.. Enumerable.Range(0, Parts + 1).Select(static _ => JobId.New())];
        var parts = Flow.Group(ids.Take(Parts).Select((id, number) => Flow.Job(new ChaosPart(number, IsHeld(number) ? gate : null), options => options.Id(id))));
        // Before whatever else waits: let go too early it would run too early.
        await flows.StartAsync(parts.Then(numbers => new ChaosWhole(numbers), options => options.Id(ids[Parts]).Priority(JobPriority.Critical)));
        return ids;
    }

    /// <summary>Whether half of it is over, and the process has begun a good few of the other half.</summary>
    public static bool IsInTheMiddleOf(ChaosProcess process, List<ChaosLine> lines) =>
        lines.Count(line => line.What == ChaosLine.End) == Parts / 2
        && lines.Count(line => line.What == ChaosLine.Start && line.Pid == process.Id && IsHeld(int.Parse(line.Subject, CultureInfo.InvariantCulture))) >= 10;

    /// <summary>All parts have ended, then the callback ran once, and was handed what each came to.</summary>
    public static void AssertCalledBackOnce(List<ChaosLine> lines)
    {
        var callback = Assert.Single(lines, line => line.What == ChaosLine.Start && line.Subject == ChaosWholeJob.Subject);
        Assert.Equal($"{Parts}-in-order", Assert.Single(lines, line => line.What == ChaosWholeJob.Handed).Subject);
        var ends = lines.Where(line => line.What == ChaosLine.End && line.Subject != ChaosWholeJob.Subject).ToList();
        Assert.Equal(Parts, ends.DistinctBy(line => line.Subject).Count());
        Assert.All(ends, end => Assert.True(end.At <= callback.At, $"{end} came after the callback had begun: {callback}"));
    }

    static bool IsHeld(int number) => number >= Parts / 2;
}
