using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>A step over all jobs that a filter names: counted only, or done.</summary>
internal static class ManyJobs
{
    /// <param name="done">What became of them, to follow their number.</param>
    public static async Task<int> RunAsync(
        IJobInspector inspector, DeadFilter filter, bool isDryRun, bool asJson, string done, Func<Task<DeadReply>> act, CancellationToken cancellationToken)
    {
        var reply = isDryRun ? new DeadReply(await inspector.CountDeadAsync(filter, cancellationToken), 0, 0) : await act();
        if (asJson)
            CommandOutput.WriteJson(new { matched = reply.Matched, changed = reply.Changed, refused = reply.Refused });
        else if (isDryRun)
            Console.WriteLine($"{Jobs(reply.Matched)} would be {done}.");
        else
            Console.WriteLine($"{Jobs(reply.Changed)} {(reply.Changed == 1 ? "is" : "are")} {done}.{(reply.Refused == 0 ? "" : $" {Jobs(reply.Refused)} could not be: 'jobs show' says why.")}");
        return reply.Refused == 0 ? JobCommandHost.Done : JobCommandHost.Refused;
    }

    static string Jobs(int count) => CommandOutput.Count(count, "job");
}
