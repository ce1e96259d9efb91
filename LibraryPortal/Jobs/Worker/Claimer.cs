using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Fetches jobs for the slots: as many as there is room for, at once when there is room and work, and else when woken, when the next job is due,
/// or at the latest after the poll interval.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; writes to the intake; stops, with no job in its hands, when asked.</remarks>
internal sealed class Claimer(
    IJobStore store, WorkerIdentity identity, Intake intake, RunSet runs, ProgressFlusher flusher, RunNotes notes, LaneOrder lanes, Heart heart, JobsOptions options,
    TimeProvider clock, Random random, ILogger log) : WorkerLoop("claimer", log)
{
    static readonly TimeSpan HandBackAfter = TimeSpan.FromSeconds(1);

    long _pendingSince;
    int _averageBytes = 1;
    volatile bool _retired;

    /// <summary>Work may be there, or room for it.</summary>
    public void Wake() => intake.Freed.Set();

    /// <summary>Another takes over. What a claim still under way brings is handed back; then the loop ends.</summary>
    public void Retire() => _retired = true;

    /// <summary>When the claim under way began, by the clock's timestamp; 0 when none is.</summary>
    public long PendingSince => Volatile.Read(ref _pendingSince);

    /// <summary>Called with runs that were claimed ahead and that no slot gets to, in the order of their claim.</summary>
    public required Action<IReadOnlyCollection<Run>> HandBack { get; init; }

    protected override bool IsOver => _retired;

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        // Whether there is room for more or not: that is reckoned by runs that are over, not by those that hang.
        ReturnWithheld();
        var room = identity.MayClaim ? intake.Room() : 0;
        if (room == 0)
        {
            await intake.Freed.WaitAsync(options.PollInterval, stop);
            return;
        }

        var worker = identity.Id;
        var reply = await ClaimAsync(worker, room);
        if (reply is { WorkerIsKnown: false })
            heart.Reregister(worker);
        if (reply is not { Jobs.Count: > 0 } && !_retired)
            await intake.Freed.WaitAsync(reply is null ? Jittered(options.PollInterval) : Rest(reply), stop);
    }

    /// <returns>Null while the store is out.</returns>
    async Task<ClaimReply?> ClaimAsync(string worker, int room)
    {
        var asked = clock.GetTimestamp();
        Volatile.Write(ref _pendingSince, asked);
        try
        {
            var reply = await store.ClaimAsync(new ClaimRequest(worker, lanes.Next(), Math.Min(room, MostPerClaim())), CancellationToken.None);
            Take(reply, worker, asked);
            return reply;
        }
        catch (JobStoreUnavailableException)
        {
            return null;
        }
        finally
        {
            // Whatever became of it: what it took and could not bring is looked for from now on.
            Volatile.Write(ref _pendingSince, 0);
        }
    }

    void Take(ClaimReply reply, string worker, long asked)
    {
        JobMetrics.Batch("claim", reply.Jobs.Count);
        var now = clock.GetTimestamp();
        List<Run> late = [];
        foreach (var job in reply.Jobs)
        {
            _averageBytes += (BatchLimits.Weigh(job.Envelope) - _averageBytes) / 16;
            var run = new Run(job, worker, flusher, now) { Notes = notes, TooLateAt = TooLateAt(job, asked) };
            runs.Add(run);
            // While the reply was on its way the worker was taken for dead and became another: the job is not its own any more. Looked at after the
            // run can be found, as becoming another looks for runs afterwards: one of the two sees it.
            if (identity.Id != worker)
                run.Stop(StopReasons.Gone);
            if (_retired)
                late.Add(run);
            else
                intake.Put(run);
        }

        if (late.Count > 0)
            HandBack(late);
    }

    // What the store's clock said was left, counted on this process' stopwatch from when it was asked: no earlier than that did the store look. Two machines' clocks may
    // differ by seconds: a worker whose own is ahead would hand the job back, be given it and hand it back again until the store agreed, and one behind would begin it late.
    long TooLateAt(ClaimedJob job, long asked) => job.BeginsWithin is { } left ? asked + (long)(left.TotalSeconds * clock.TimestampFrequency) : long.MaxValue;

    // A reply must not be too large either: jobs are taken to be as large as those before them.
    int MostPerClaim() => Math.Clamp(BatchLimits.Bytes / _averageBytes, 1, BatchLimits.Jobs);

    // Claimed on the guess that runs are short; if all slots hang on long ones meanwhile, another worker may have a free one.
    void ReturnWithheld()
    {
        if (intake.Waiting.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.ClaimedAt) >= HandBackAfter)
            HandBack(intake.TakeBack());
    }

    // A moment past the due time: waking a hair too early would cost a claim for nothing.
    TimeSpan Rest(ClaimReply reply)
    {
        var poll = Jittered(options.PollInterval);
        return reply.NextDue is { } due && due < poll ? due + TimeSpan.FromMilliseconds(1) : poll;
    }

    TimeSpan Jittered(TimeSpan interval) => interval * (0.9 + (0.1 * random.NextDouble()));
}
