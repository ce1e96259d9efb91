using LibraryPortal.Jobs;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Do what the night has to do.</summary>
internal sealed record NightlyRound : IJobArgs;

/// <summary>Takes the nightly steps one after the other: pauses end first, so that their requests take part in the matching. However late or often it runs,
/// each row changes once.</summary>
[Job(JobName, Queue = "library", MaxAttempts = 5)]
internal sealed class NightlyJob(IEnumerable<INightlyStep> steps) : IJobHandler<NightlyRound>
{
    public const string JobName = "circulation.nightly";

    public async Task RunAsync(NightlyRound args, JobContext job)
    {
        var all = steps.ToList();
        var (done, changed) = (0, 0);
        foreach (var step in all)
        {
            await job.ReportProgressAsync(done++, all.Count, step.Name);
            changed += await step.RunAsync(job.CancellationToken);
        }

        await job.ReportProgressAsync(all.Count, all.Count, changed == 1 ? "1 change" : $"{changed} changes");
    }
}
