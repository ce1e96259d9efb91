using System.Threading.Channels;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Tells the store what became of the jobs. What comes in while one call is under way goes out with the next, so batches form under load and cost
/// nothing when idle. While the store is out it keeps trying with the same batch: the fence makes repeating harmless.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; reads the executor's outcomes; stops when told that no more come and all are acknowledged, or when its patience ends.</remarks>
internal sealed class Finisher(IJobStore store, RunSet runs, TimeProvider clock, Random random, Surprises surprises, ILogger log)
{
    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    readonly Channel<Told> _outcomes = Channel.CreateUnbounded<Told>(new UnboundedChannelOptions { SingleReader = true });
    readonly Pulse _retry = new(clock);
    long _proofs;

    /// <summary>Outcomes the store accepted so far of runs that began: each proves that jobs go all the way here, which one handed back unrun does not.</summary>
    public long Proofs => Volatile.Read(ref _proofs);

    /// <summary>Called when outcomes were told that go into the history.</summary>
    public Action? Ended { get; init; }

    /// <param name="outcome">Null for a run of which there is nothing to tell.</param>
    public void Add(Run run, JobOutcome? outcome)
    {
        if (outcome is null)
            runs.Remove(run);
        else
            _outcomes.Writer.TryWrite(new Told(run, outcome, null));
    }

    /// <summary>Runs that are handed back together come back to their lanes in this order: a store may put each call's in front of those of the call before, so no call
    /// has a part of what fits in one, and where it takes several the last go first.</summary>
    public void Add(IEnumerable<(Run Run, JobOutcome Outcome)> together)
    {
        foreach (var ofOne in together.GroupBy(static pair => pair.Run.Worker, StringComparer.Ordinal))
        {
            foreach (var cut in BatchLimits.Split([.. ofOne], static pair => BatchLimits.Weigh(pair.Outcome)).Reverse())
                _outcomes.Writer.TryWrite(new Told(cut[0].Run, cut[0].Outcome, cut));
        }
    }

    /// <summary>The store may answer again.</summary>
    public void Wake() => _retry.Set();

    /// <summary>No more outcomes will come.</summary>
    public void Close() => _outcomes.Writer.TryComplete();

    public async Task RunAsync(CancellationToken giveUp)
    {
        List<(Run Run, JobOutcome Outcome)> batch = new(BatchLimits.Jobs);
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            try
            {
                TakeWaiting(batch);
                await SendAsync(batch, giveUp);
            }
            catch (Exception error)
            {
                // Whatever it was, the others are told. What was not told is unknown here from now on, so the beat finds it and hands it back.
                surprises.Report("finisher", error);
                foreach (var (run, _) in batch)
                    runs.Remove(run);
            }
        }
    }

    void TakeWaiting(List<(Run Run, JobOutcome Outcome)> batch)
    {
        while (batch.Count < BatchLimits.Jobs && _outcomes.Reader.TryPeek(out var next))
        {
            // A worker that was reaped comes back under another name; a call speaks for one. And what goes together has a call of its own.
            if (batch.Count > 0 && (next.Together is not null || batch[0].Run.Worker != next.Run.Worker))
                return;
            _outcomes.Reader.TryRead(out _);
            if (next.Together is { } together)
            {
                batch.AddRange(together);
                return;
            }

            batch.Add((next.Run, next.Outcome));
        }
    }

    async Task SendAsync(List<(Run Run, JobOutcome Outcome)> batch, CancellationToken giveUp)
    {
        var outcomes = batch.ConvertAll(static pair => pair.Outcome);
        var rest = ShortestRest;
        while (!giveUp.IsCancellationRequested)
        {
            try
            {
                var accepted = await store.FinishAsync(batch[0].Run.Worker, outcomes, CancellationToken.None);
                Acknowledge(batch, accepted);
                return;
            }
            catch (JobStoreUnavailableException)
            {
                await _retry.WaitAsync(rest * (0.5 + (0.5 * random.NextDouble())), giveUp);
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            }
            catch (Exception error)
            {
                // Not an outage: the same call would fail the same way.
                surprises.Report("finisher", error);
                await SendSinglyAsync(batch, error, giveUp);
                return;
            }
        }
    }

    // One of them cannot be written: that one fails, and the others are told as they are. What not even fails stays owned until the beat finds it unknown
    // here and hands it back.
    async Task SendSinglyAsync(List<(Run Run, JobOutcome Outcome)> batch, Exception error, CancellationToken giveUp)
    {
        if (batch is [var (run, outcome)])
        {
            if (outcome.Kind == OutcomeKind.Failed)
                Acknowledge(batch, null);
            else
                await SendAsync([(run, new JobOutcome(outcome.Job, OutcomeKind.Failed, Error: ErrorText.Of(error)) { StartedAt = outcome.StartedAt })], giveUp);
            return;
        }

        // The last first: what is handed back goes to the head of its lane.
        for (var i = batch.Count - 1; i >= 0; i--)
            await SendAsync([batch[i]], giveUp);
    }

    void Acknowledge(List<(Run Run, JobOutcome Outcome)> batch, IReadOnlyList<bool>? accepted)
    {
        var (fenced, proofs) = (0, 0);
        var anyKept = false;
        for (var i = 0; i < batch.Count; i++)
        {
            runs.Remove(batch[i].Run);
            anyKept |= batch[i].Run.Job.Envelope.KeepsHistory;
            if (accepted is null)
                continue;
            if (!accepted[i])
                fenced++;
            else if (batch[i].Outcome.StartedAt != default)
                proofs++;
        }

        Volatile.Write(ref _proofs, _proofs + proofs);
        if (anyKept)
            Ended?.Invoke();
        if (accepted is null)
            return;
        try
        {
            Measure(batch, accepted, fenced);
        }
        catch (Exception error)
        {
            // Who listens to metrics may throw, against the rules; what is acknowledged is acknowledged.
            surprises.Report("finisher", error);
        }
    }

    void Measure(List<(Run Run, JobOutcome Outcome)> batch, IReadOnlyList<bool> accepted, int fenced)
    {
        JobMetrics.Acknowledged.Add(batch.Count - fenced);
        JobMetrics.Batch("finish", batch.Count);
        if (fenced > 0)
        {
            JobMetrics.Fenced.Add(fenced);
            Log.OutcomesFenced(log, fenced);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            if (accepted[i])
                JobMetrics.Told(batch[i].Outcome);
        }
    }

    /// <param name="Together">All that go in one call with it, itself the first; null for one that may share a call with any.</param>
    readonly record struct Told(Run Run, JobOutcome Outcome, IReadOnlyList<(Run Run, JobOutcome Outcome)>? Together);
}
