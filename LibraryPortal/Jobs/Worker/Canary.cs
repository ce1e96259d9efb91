using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Proves again and again that this worker consumes: any outcome the store acknowledged will do, and while there is no work it sends a job of its own. A
/// worker that lives, has a free slot and acknowledges nothing all the same is wedged: the process is no longer ready, and its consumer starts anew.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; reads the finisher's count, writes the report, and hands its songs to the claim loop, which brings them along with its
/// claims: so no other worker can get one, however long this one's way to the store is, and none waits anywhere when its worker ends. Stops when asked.</remarks>
internal sealed class Canary(
    IJobStore store, EnvelopeFactory envelopes, WorkerIdentity identity, Intake intake, Finisher finisher, CanaryReport report, JobsOptions options, TimeProvider clock,
    ILogger log) : WorkerLoop("canary", log)
{
    public const string JobName = "engine.canary";
    public const string Queue = "canary";

    const int Tries = 20;

    /// <summary>What becomes of a job that its worker claimed and did not run: a song is of no use to others, so it ends.</summary>
    public static OutcomeKind Unrun(JobEnvelope job) => job.Name == JobName ? OutcomeKind.Cancelled : OutcomeKind.Released;

    /// <summary>Lets the claim loop bring a job along, at once.</summary>
    public required Action<JobEnvelope> Bring { get; init; }

    /// <summary>Replaces the claim loop and the connections it uses.</summary>
    public required Func<Task> RestartConsumer { get; init; }

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        var before = finisher.Acknowledged;
        await Task.Delay(options.CanaryInterval, clock, stop);
        // Without a lease the store is out, which others say. With all slots busy it does what it can.
        if (finisher.Acknowledged != before || IsExcused || await ProveAsync(before, stop))
        {
            report.Clear();
            return;
        }

        report.Fail($"The worker {identity.Id} has not proved for {2 * options.CanaryInterval.TotalSeconds:N0} s that it takes jobs; its consumer is being restarted.");
        JobMetrics.Wedged.Add(1);
        Log.WorkerWedged(Logger, identity.Id, 2 * options.CanaryInterval.TotalSeconds);
        await RestartConsumer();
    }

    bool IsExcused => !identity.MayClaim || store.Outage is not null || intake.Held >= options.Slots;

    async Task<bool> ProveAsync(long before, CancellationToken stop)
    {
        for (var left = Tries; left > 0 && identity.MayClaim; left--)
        {
            Bring(envelopes.Create(new CanarySong(identity.Id), configure: null));
            await Task.Delay(options.CanaryInterval / Tries, clock, stop);
            if (finisher.Acknowledged != before)
                return true;
        }

        return IsExcused;
    }
}
