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
    const int MostPerCall = 256;

    static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    readonly Channel<(Run Run, JobOutcome Outcome)> _outcomes = Channel.CreateUnbounded<(Run, JobOutcome)>(new UnboundedChannelOptions { SingleReader = true });
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
            _outcomes.Writer.TryWrite((run, outcome));
    }

    /// <summary>The store may answer again.</summary>
    public void Wake() => _retry.Set();

    /// <summary>No more outcomes will come.</summary>
    public void Close() => _outcomes.Writer.TryComplete();

    public async Task RunAsync(CancellationToken giveUp)
    {
        List<(Run Run, JobOutcome Outcome)> batch = new(MostPerCall);
        while (await _outcomes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            try
            {
                await SendWaitingAsync(batch, giveUp);
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

    async Task SendWaitingAsync(List<(Run Run, JobOutcome Outcome)> batch, CancellationToken giveUp)
    {
        while (batch.Count < MostPerCall && _outcomes.Reader.TryRead(out var next))
        {
            // A worker that was reaped comes back under another name; a call speaks for one.
            if (batch.Count > 0 && batch[0].Run.Worker != next.Run.Worker)
            {
                await SendAsync(batch, giveUp);
                batch.Clear();
            }

            batch.Add(next);
        }

        await SendAsync(batch, giveUp);
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

        foreach (var one in batch)
            await SendAsync([one], giveUp);
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
}
