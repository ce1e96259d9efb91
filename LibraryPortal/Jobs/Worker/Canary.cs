using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Proves again and again that this worker consumes: any acknowledged outcome of a run that began will do, and while there is no work it enqueues a job of its own. A
/// worker that lives, has a free slot and proves nothing all the same is wedged: the process is no longer ready, and its consumer starts anew.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; reads the finisher's count and writes the report. Its songs go the way of every job, from the enqueue over a lane to the
/// acknowledgement, but through a queue that this worker alone takes from: each worker proves itself, however much closer to the store another is. Stops when asked.</remarks>
/// <param name="queue">The worker's own.</param>
internal sealed class Canary(
    IJobStore store, EnvelopeFactory envelopes, WorkerIdentity identity, RunSet runs, Finisher finisher, CanaryReport report, string queue, JobsOptions options, TimeProvider clock,
    ILogger log) : WorkerLoop("canary", log)
{
    public const string JobName = "engine.canary";

    /// <summary>Where all workers of former versions sang. What one of them left there is run by whoever finds it.</summary>
    public const string SharedQueue = "canary";

    /// <summary>Songs that may be without an answer at a time. More would prove nothing more, and be a load where outcomes are not acknowledged.</summary>
    public const int MostUnheard = 3;

    const int Looks = 7 * MostUnheard;

    // For one that reached its lane only after its worker had been given up. Long, as it counts by two machines' clocks.
    static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    readonly Queue<JobId> _unheard = new();
    Task _singing = Task.CompletedTask;
    volatile bool _hasNoRoom;
    bool _isRefused;

    /// <summary>What becomes of a job that its worker claimed and did not run: a song is of no use to others, so it ends.</summary>
    public static OutcomeKind Unrun(JobEnvelope job) => IsSong(job) ? OutcomeKind.Cancelled : OutcomeKind.Released;

    /// <summary>Whether a queue is there for songs only, and of no use to people.</summary>
    public static bool SingsIn(string queue) => queue == SharedQueue || OwnQueue.Is(queue);

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
        // What a former turn was refused excuses nothing in this one, which may have no song to sing: those before may hang.
        _hasNoRoom = false;
        for (var look = 0; look < Looks && identity.MayClaim; look++)
        {
            // A call that hangs is waited for elsewhere, and is no reason to make another.
            if (look % (Looks / MostUnheard) == 0 && _singing.IsCompleted && runs.All.Count(static run => IsSong(run.Job.Envelope)) < MostUnheard)
                _singing = SingAsync();
            await Task.Delay(options.CanaryInterval / Looks, clock, stop);
            if (finisher.Proofs == before)
                continue;
            if (_singing.IsCompleted)
                _unheard.Clear();
            return true;
        }

        return IsExcused || _hasNoRoom;
    }

    async Task SingAsync()
    {
        try
        {
            var song = envelopes.Create(new CanarySong(identity.Id), configure: null);
            var accepted = store.EnqueueAsync([song with { Queue = queue, ExpiresAt = song.EnqueuedAt + Forgotten }], CancellationToken.None);
            if (await IsAnsweredAsync(accepted))
                _isRefused = false;
            _unheard.Enqueue(song.Id);
            for (; _unheard.Count > MostUnheard; _unheard.Dequeue())
                await store.CancelAsync(_unheard.Peek(), CancellationToken.None);
        }
        catch (JobStoreFullException)
        {
            // Said by the store: what is there is still run, and new connections would not make room.
            _hasNoRoom = true;
        }
        catch (JobRefusedException error)
        {
            // Nor would they here, of which nobody else hears.
            if (!_isRefused)
                Log.SongRefused(Logger, identity.Id, error.Message);
            (_hasNoRoom, _isRefused) = (true, true);
        }
        catch (JobStoreUnavailableException)
        {
            // Whether the store is out is for others to say; a proof it is not.
        }
        catch (Exception error)
        {
            Log.PartFailed(Logger, "canary", error);
        }
    }

    // One that is not answered in time, by this clock or the store's, may reach its lane all the same, and counts as one that did.
    async Task<bool> IsAnsweredAsync(Task accepted)
    {
        try
        {
            await accepted.WaitAsync(options.CanaryInterval, clock);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or JobStoreUnavailableException and not JobStoreFullException)
        {
            return false;
        }
    }
}
