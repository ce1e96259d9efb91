using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>The commands of workers: beats, claims, outcomes, and giving up those that are silent.</summary>
internal sealed partial class ModelRun
{
    async Task BeatAsync(ModelWorker worker)
    {
        var expected = _model.Beat(worker.Id, worker.IsFirst, worker.Names);
        var reply = await Store.BeatAsync(
            new WorkerBeat(worker.Id, "host", 1, "1.0", 4, 1, ["q0", "q1"], worker.Names, _now, worker.IsFirst), CancellationToken.None);
        Assert.Equal(expected is not null, reply.IsKnown);
        if (expected is not { } known)
        {
            worker.StartAnew();
            return;
        }

        worker.IsFirst = false;
        AssertSame("claims", known.Owned, reply.Owned);
        AssertSame("cancels", known.Cancel, reply.Cancel);
    }

    Task ClaimAsync(ModelCommand.Claim command) => ClaimAsync(_workers[command.Worker], command.Count, command.Turn, command.ReplyLost);

    async Task ClaimAsync(ModelWorker worker, int count, int turn, bool replyLost)
    {
        var lanes = Enumerable.Range(0, 8).Select(i => (i + turn) % 8).Select(i => new Lane($"q{i % 2}", (JobPriority)(i / 2))).ToList();
        var ready = _model.Knows(worker.Id) ? _model.Claim(lanes) : [];
        var expected = ready.Take(count).ToList();
        var nextDue = _model.Knows(worker.Id) ? _model.NextDue() : null;

        var reply = await Store.ClaimAsync(new ClaimRequest(worker.Id, lanes, count), CancellationToken.None);
        await _target.SettleAsync();

        Assert.Equal(_model.Knows(worker.Id), reply.WorkerIsKnown);
        if (!_hasRules)
            Assert.Equal(nextDue, (long?)reply.NextDue?.TotalMilliseconds);
        if (!_hasRules && !_hasFlows)
            Assert.Equal(expected.Select(job => job.Id), reply.Jobs.Select(job => job.Envelope.Id));
        else if (!_hasRules)
            AssertSame("jobs per lane", expected.GroupBy(job => job.Lane).Select(Count), reply.Jobs.GroupBy(job => LaneOf(job.Envelope)).Select(Count));
        foreach (var lane in lanes)
        {
            var plain = reply.Jobs.Select(job => job.Envelope).Where(job => IsPlain(job) && LaneOf(job) == lane).Select(job => job.Id).ToList();
            Assert.Equal(ready.Where(job => IsPlain(job.Envelope) && job.Lane == lane).Take(plain.Count).Select(job => job.Id), plain);
        }

        Assert.InRange(reply.Jobs.Count, 0, count);

        var late = reply.Jobs.Where(claimed => !Take(worker, claimed, replyLost)).ToList();
        if (late.Count > 0)
            await AdoptExpiredAsync();
        foreach (var claimed in late)
            Assert.True(Take(worker, claimed, replyLost), $"Job {claimed.Envelope.Id} may not start: it is {_model.Find(claimed.Envelope.Id)?.State}.");
    }

    // Which of those that may start do start is the store's choice where they have rules, or are let go in turns. One that expired in this claim may have let others go.
    bool Take(ModelWorker worker, ClaimedJob claimed, bool replyLost)
    {
        if (_model.Find(claimed.Envelope.Id) is not { } job || !_model.MayStart(job))
            return false;
        Assert.Equal((job.FailedAttempts + 1, job.Crashes, job.CancelRequested), (claimed.Attempt, claimed.Crashes, claimed.CancelRequested));
        AssertSaysWhatIsLeft(job, claimed.BeginsWithin);
        Assert.DoesNotContain(job.Past, past => past.Worker == worker.Id && past.Job.Stamp == claimed.Stamp);
        _model.Take(job, worker.Id, claimed);
        _touched.Add(job.Id);
        if (!replyLost)
            worker.Held.Add(claimed);
        return true;
    }

    // Redis tells the time to the microsecond.
    void AssertSaysWhatIsLeft(ModelJob job, TimeSpan? left)
    {
        if (job.Envelope.ExpiresAt is not { } expires || job.FailedAttempts > 0 || job.Crashes > 0 || job.WasReplayed)
            Assert.Null(left);
        else if (left is { } time)
            Assert.InRange(time, expires - _now - TimeSpan.FromMilliseconds(1), expires - _now);
        else
            Assert.NotEmpty(job.Past);
    }

    // Whatever others in its lane may do: it comes in its turn among its like.
    static bool IsPlain(JobEnvelope job) => job is { Flow: null, HasGates: false, ExpiresAt: null };

    static Lane LaneOf(JobEnvelope job) => new(job.Queue, job.Priority);

    static string Count<T>(IGrouping<Lane, T> jobs) => $"{jobs.Key}: {jobs.Count()}";

    async Task FinishSomeAsync(ModelCommand.Finish command)
    {
        var worker = _workers[command.Worker];
        List<JobOutcome> outcomes = [];
        var kinds = command.Kinds;
        var first = worker.Held.Count == 0 ? 0 : command.First % worker.Held.Count;
        foreach (var claimed in worker.Held.Skip(first).Concat(worker.Held.Take(first)).Take(command.Most).ToList())
        {
            outcomes.Add(Outcome(claimed, (OutcomeKind)(kinds % 7), command.RestMs));
            kinds /= 7;
            worker.Held.Remove(claimed);
        }

        await TwiceAsync(command.Twice, () => FinishAsync(worker.Id, outcomes));
    }

    async Task FinishOldAsync(int pick)
    {
        var past = _model.Jobs.SelectMany(job => job.Past).ToList();
        if (past.Count > 0)
            await FinishAsync(past[pick % past.Count].Worker, [Outcome(past[pick % past.Count].Job, (OutcomeKind)(pick % 7), 10)]);
    }

    async Task FinishForeignAsync(ModelCommand.FinishForeign command)
    {
        var running = _model.Jobs.Where(job => job.Claim is not null).ToList();
        if (running.Count > 0)
            await FinishAsync(_workers[command.Worker].Id, [Outcome(running[command.Pick % running.Count].Claim!.Value.Job, OutcomeKind.Succeeded, 0)]);
    }

    async Task HandBackLostAsync(ModelWorker worker)
    {
        var lost = _model.OwnedBy(worker.Id).Where(job => !worker.Held.Contains(job.Claim!.Value.Job)).Select(job => job.Claim!.Value.Job).OrderBy(job => job.Stamp);
        await FinishAsync(worker.Id, [.. lost.Select(job => Outcome(job, OutcomeKind.Released, 0))]);
    }

    async Task FinishAsync(string worker, List<JobOutcome> outcomes)
    {
        if (outcomes.Count == 0)
            return;
        List<bool> expected = [];
        _model.Finish(worker, outcomes, expected);
        Assert.Equal(expected, await Store.FinishAsync(worker, outcomes, CancellationToken.None));
        _touched.UnionWith(outcomes.Select(outcome => outcome.Job.Envelope.Id));
    }

    JobOutcome Outcome(ClaimedJob job, OutcomeKind kind, int restMs) =>
        new(job, kind, ResultOf(job, kind), kind is OutcomeKind.Retry or OutcomeKind.Failed ? "Wrong." : null, TimeSpan.FromMilliseconds(restMs)) { StartedAt = _now };

    // Another one for each claim; for a flow to pass on.
    static JsonElement? ResultOf(ClaimedJob job, OutcomeKind kind) =>
        kind == OutcomeKind.Succeeded && job.Envelope.Flow is not null ? JsonSerializer.SerializeToElement($"of claim {job.Stamp}") : null;

    async Task ReportAsync(ModelCommand.Report command)
    {
        var running = _model.Jobs.Where(job => job.Claim is not null).ToList();
        if (running.Count == 0)
            return;
        var (job, worker, progress) = (running[command.Pick % running.Count], _workers[command.Worker].Id, new JobProgress(command.Done, 100, "so far"));
        JobModel.Report(worker, job, progress);
        await Store.ReportProgressAsync(worker, [new ProgressReport(job.Id, job.Claim!.Value.Job.Stamp, progress)], CancellationToken.None);
        _touched.Add(job.Id);
    }

    async Task ReapAsync()
    {
        var recovered = await Store.ReapAsync(Silence, QuarantineAfter, CancellationToken.None);
        var expected = _model.Reap((long)Silence.TotalMilliseconds, QuarantineAfter, await FindExpiredAsync());
        AssertSame("recovered", expected, recovered);
        _touched.UnionWith(expected);
    }

    // When a job whose expiry is over is ended is the store's choice too.
    async Task AdoptExpiredAsync() => _model.Expire(await FindExpiredAsync());

    async Task<List<ModelJob>> FindExpiredAsync()
    {
        List<ModelJob> expired = [];
        foreach (var job in _model.Jobs.Where(_model.IsOver))
        {
            if (await Store.FindAsync(job.Id, CancellationToken.None) is { State: JobState.Expired })
                expired.Add(job);
        }

        _touched.UnionWith(expired.Select(job => job.Id));
        return expired;
    }
}
