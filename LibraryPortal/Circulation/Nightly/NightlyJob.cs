using LibraryPortal.Jobs;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Do what the night has to do.</summary>
internal sealed record NightlyRound : IJobArgs;

/// <summary>Takes the nightly steps one after the other: pauses end first, so that their requests take part in the matching. However late or often it runs,
/// each row changes once. What fails holds nothing else up; the round fails at its end, so that it is tried again.</summary>
[Job(JobName, Queue = "library", MaxAttempts = 5)]
internal sealed partial class NightlyJob(IEnumerable<INightlyStep> steps, ILogger<NightlyJob> logger) : IJobHandler<NightlyRound>
{
    public const string JobName = "circulation.nightly";

    public async Task RunAsync(NightlyRound args, JobContext job)
    {
        var all = steps.ToList();
        var (done, changed) = (0, 0);
        List<Exception> failures = [];
        foreach (var step in all)
        {
            await job.ReportProgressAsync(done++, all.Count, step.Name);
            try
            {
                changed += await step.RunAsync(job.CancellationToken);
            }
            catch (Exception error) when (!job.CancellationToken.IsCancellationRequested)
            {
                StepFailed(logger, step.Name, error);
                failures.Add(error);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException($"{failures.Count} of {all.Count} nightly steps did not end well.", failures);
        await job.ReportProgressAsync(all.Count, all.Count, changed == 1 ? "1 change" : $"{changed} changes");
    }

    [LoggerMessage(4401, LogLevel.Error, "The nightly step “{Step}” did not end well; the others go on.")]
    static partial void StepFailed(ILogger logger, string step, Exception error);
}
