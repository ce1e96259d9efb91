using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Proves again and again that this worker consumes: any acknowledged outcome of a run that began will do, and while there is no work it sends a job of its own. A
/// worker that lives, has a free slot and proves nothing all the same is wedged: the process is no longer ready, and its consumer starts anew.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; reads the finisher's count, writes the report, and hands its songs to the claim loop, which brings them along with its
/// claims: so while this worker lives no other can get one, however long its way to the store is. Only a worker that is killed with a song in its hands leaves it
/// in a lane, where it proves whoever takes it. Stops when asked.</remarks>
internal sealed class Canary(
    IJobStore store, EnvelopeFactory envelopes, WorkerIdentity identity, RunSet runs, Finisher finisher, CanaryReport report, JobsOptions options, TimeProvider clock,
    ILogger log) : WorkerLoop("canary", log)
{
    public const string JobName = "engine.canary";
    public const string Queue = "canary";

    /// <summary>Songs that may be without an answer at a time. More would prove nothing more, and be a load where outcomes are not acknowledged.</summary>
    public const int MostUnheard = 3;

    const int Tries = 20;

    /// <summary>What becomes of a job that its worker claimed and did not run: a song is of no use to others, so it ends.</summary>
    public static OutcomeKind Unrun(JobEnvelope job) => IsSong(job) ? OutcomeKind.Cancelled : OutcomeKind.Released;

    /// <summary>Lets the claim loop bring a job along, at once.</summary>
    public required Action<JobEnvelope> Bring { get; init; }

    /// <summary>Replaces the claim loop and the connections it uses.</summary>
    public required Func<Task> RestartConsumer { get; init; }

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        var before = finisher.Proofs;
        await Task.Delay(options.CanaryInterval, clock, stop);
        // Without a lease the store is out, which others say. With all slots busy it does what it can.
        if (finisher.Proofs != before || IsExcused || await ProveAsync(before, stop))
        {
            report.Clear();
            return;
        }

        report.Fail($"The worker {identity.Id} has not proved for {2 * options.CanaryInterval.TotalSeconds:N0} s that it takes jobs; its consumer is being restarted.");
        JobMetrics.Wedged.Add(1);
        Log.WorkerWedged(Logger, identity.Id, 2 * options.CanaryInterval.TotalSeconds);
        await RestartConsumer();
    }

    bool IsExcused => !identity.MayClaim || store.Outage is not null || BusySlots >= options.Slots;

    // By what they run. What is only claimed says nothing of them, and a song does nothing that could keep one busy.
    int BusySlots => runs.All.Count(static run => run.StartedAt != default && !run.IsSettled && !IsSong(run.Job.Envelope));

    static bool IsSong(JobEnvelope job) => job.Name == JobName;

    async Task<bool> ProveAsync(long before, CancellationToken stop)
    {
        for (var left = Tries; left > 0 && identity.MayClaim; left--)
        {
            if (runs.All.Count(static run => IsSong(run.Job.Envelope)) < MostUnheard)
                Bring(envelopes.Create(new CanarySong(identity.Id), configure: null));
            await Task.Delay(options.CanaryInterval / Tries, clock, stop);
            if (finisher.Proofs != before)
                return true;
        }

        return IsExcused;
    }
}
