using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Proves again and again that this worker consumes: any outcome the store acknowledged will do, and while there is no work it sends a job of its own. A
/// worker that lives, has a free slot and acknowledges nothing all the same is wedged: the process is no longer ready, and its consumer starts anew.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; reads the finisher's count, writes the report and, at most one at a time, a job into the queue all workers share;
/// stops when asked. Another worker may be quicker to take the job; then it sends the next.</remarks>
internal sealed class Canary(
    IJobStore store, EnvelopeFactory envelopes, WorkerIdentity identity, Intake intake, Finisher finisher, CanaryReport report, JobsOptions options, TimeProvider clock,
    ILogger log) : WorkerLoop("canary", log)
{
    public const string JobName = "engine.canary";
    public const string Queue = "canary";

    const int Tries = 20;

    /// <summary>Makes the claim loop look at once.</summary>
    public required Action WakeClaimer { get; init; }

    /// <summary>Replaces the claim loop and the connections it uses.</summary>
    public required Func<Task> RestartConsumer { get; init; }

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        var before = finisher.Acknowledged;
        await Task.Delay(options.CanaryInterval, clock, stop);
        try
        {
            // Without a lease the store is out, which others say. With all slots busy it does what it can.
            if (!identity.MayClaim || finisher.Acknowledged != before || intake.Held >= options.Slots || await ProveAsync(before, stop))
            {
                report.Clear();
                return;
            }
        }
        catch (JobStoreUnavailableException)
        {
            report.Clear();
            return;
        }

        report.Fail($"The worker {identity.Id} has not proved for {2 * options.CanaryInterval.TotalSeconds:N0} s that it takes jobs; its consumer is being restarted.");
        JobMetrics.Wedged.Add(1);
        Log.WorkerWedged(Logger, identity.Id, 2 * options.CanaryInterval.TotalSeconds);
        await RestartConsumer();
    }

    async Task<bool> ProveAsync(long before, CancellationToken stop)
    {
        for (var left = Tries; left > 0 && identity.MayClaim; left--)
        {
            // The key keeps it at one, however long nobody takes it.
            var song = envelopes.Create(new CanarySong(identity.Id), job => job.Unique($"canary:{identity.Id}"));
            await store.EnqueueAsync([song], CancellationToken.None);
            WakeClaimer();
            await Task.Delay(options.CanaryInterval / Tries, clock, stop);
            if (finisher.Acknowledged != before)
                return true;
        }

        return !identity.MayClaim;
    }
}
