using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>Plays one script on a real store and on the model, and compares every answer and, after every step, what is there.</summary>
internal sealed partial class ModelRun
{
    const int QuarantineAfter = 3;
    const int WholeLookEvery = 8;

    static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);

    readonly ModelTarget _target;
    readonly bool _hasRules;
    readonly bool _hasFlows;
    readonly JobModel _model;
    readonly ModelWorker[] _workers = [new("w0", ["test.one"]), new("w1", ["test.one"]), new("w2", ["test.one", "test.news"])];
    readonly HashSet<JobId> _touched = [];
    readonly List<JobId> _all = [];
    DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    ModelRun(ModelTarget target, ModelScript script) => (_target, _hasRules, _hasFlows, _model) = (target, script.HasRules, script.HasFlows, new JobModel(target));

    IJobStore Store => _target.Store;

    public static async Task PlayAsync(ModelTarget target, ModelScript script)
    {
        await target.StartAsync();
        var run = new ModelRun(target, script);
        await run.PassAsync(1);
        await run.Store.SetLimitAsync(JobModel.TwoAtOnce, new LimitRule(Running: 2), CancellationToken.None);
        await run.Store.SetLimitAsync(JobModel.TwoASecond, new LimitRule(Starts: 2, Per: TimeSpan.FromSeconds(1)), CancellationToken.None);
        for (var step = 0; step < script.Steps.Count; step++)
        {
            await run.PassAsync(1);
            try
            {
                await run.DoAsync(script.Steps[step]);
                await run.CompareAsync(whole: step % WholeLookEvery == WholeLookEvery - 1 || step == script.Steps.Count - 1);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Step {step + 1}, {script.Steps[step]}: {error.Message}", error);
            }
        }

        await run.DrainAsync("last");
        if (!run._hasFlows)
            return;
        await run.TakeUpFlowsAsync();
        await run.DrainAsync("very last");
        await run.ForgetFlowsAsync();
    }

    Task DoAsync(ModelCommand command) => command switch
    {
        ModelCommand.Enqueue enqueue => EnqueueAsync(enqueue),
        ModelCommand.StartFlow start => StartFlowAsync(start),
        ModelCommand.RepeatFlow repeat => RepeatFlowAsync(repeat.Pick),
        ModelCommand.CancelFlow cancel => TwiceAsync(cancel.Twice, () => CancelFlowAsync(cancel.Pick)),
        ModelCommand.RetryFlow retry => TwiceAsync(retry.Twice, () => RetryFlowAsync(retry.Pick)),
        ModelCommand.Beat beat => TwiceAsync(beat.Twice, () => BeatAsync(_workers[beat.Worker])),
        ModelCommand.Claim claim => ClaimAsync(claim),
        ModelCommand.Finish finish => FinishSomeAsync(finish),
        ModelCommand.FinishOld old => FinishOldAsync(old.Pick),
        ModelCommand.FinishForeign foreign => FinishForeignAsync(foreign),
        ModelCommand.Report report => ReportAsync(report),
        ModelCommand.HandBackLost lost => HandBackLostAsync(_workers[lost.Worker]),
        ModelCommand.Cancel cancel => TwiceAsync(cancel.Twice, () => CancelAsync(cancel.Pick)),
        ModelCommand.Retry retry => TwiceAsync(retry.Twice, () => RetryAsync(retry.Pick)),
        // A clock set back makes limits by period as good as the clock: not a case for the model.
        ModelCommand.Pass pass => PassAsync(_hasRules ? Math.Abs(pass.Milliseconds) : pass.Milliseconds),
        ModelCommand.Pause pause => PauseAsync($"q{pause.Queue}", pause.On),
        ModelCommand.Reap => ReapAsync(),
        ModelCommand.Crash crash => CrashAsync(_workers[crash.Worker]),
        ModelCommand.Leave leave => LeaveAsync(_workers[leave.Worker]),
        ModelCommand.Forget => ForgetAsync(),
        ModelCommand.Reopen => ReopenAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command."),
    };

    static async Task TwiceAsync(bool twice, Func<Task> call)
    {
        await call();
        if (twice)
            await call();
    }

    async Task PassAsync(int milliseconds)
    {
        _now += TimeSpan.FromMilliseconds(milliseconds);
        _model.Now = _now.ToUnixTimeMilliseconds();
        await _target.SetTimeAsync(_now);
    }

    async Task EnqueueAsync(ModelCommand.Enqueue command)
    {
        var jobs = command.Jobs.Select(Envelope).ToList();
        if (jobs.Count == 0)
            return;
        await TwiceAsync(command.Twice, async () =>
        {
            var expected = _model.Enqueue(jobs);
            Assert.Equal(expected, await Store.EnqueueAsync(jobs, CancellationToken.None));
        });
        _all.AddRange(jobs.Select(job => job.Id));
        _touched.UnionWith(jobs.Select(job => job.Id));
    }

    JobEnvelope Envelope(ModelCommand.Spec spec) => new()
    {
        Id = JobId.New(_now), Name = spec.News ? "test.news" : "test.one", Queue = $"q{spec.Queue}", Priority = (JobPriority)spec.Priority,
        Args = JsonSerializer.SerializeToElement(new { n = _all.Count }), EnqueuedAt = _now, DueAt = spec.DelayMs > 0 ? _now + TimeSpan.FromMilliseconds(spec.DelayMs) : null,
        Retry = new RetryPolicy(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)), UniqueKey = spec.Key > 0 ? $"key{spec.Key}" : null, ResultTtl = TimeSpan.FromDays(1),
        SerialKey = spec.Rules is { Serial: > 0 and var serial } ? $"serial{serial}" : null, Limits = spec.Rules?.Limit is { } limit ? [limit] : [],
        ExpiresAt = spec.Rules is { ExpiresMs: > 0 and var expires } ? _now + TimeSpan.FromMilliseconds(spec.DelayMs + expires) : null,
    };

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
        var expected = _model.Knows(worker.Id) ? _model.Claim(lanes, count) : [];
        var nextDue = _model.Knows(worker.Id) ? _model.NextDue() : null;

        var reply = await Store.ClaimAsync(new ClaimRequest(worker.Id, lanes, count), CancellationToken.None);
        await _target.SettleAsync();

        Assert.Equal(_model.Knows(worker.Id), reply.WorkerIsKnown);
        if (!_hasRules)
            Assert.Equal(nextDue, (long?)reply.NextDue?.TotalMilliseconds);
        if (!_hasRules && !_hasFlows)
            Assert.Equal(expected.Select(job => job.Id), reply.Jobs.Select(job => job.Envelope.Id));
        else if (!_hasRules)
            Assert.Equal(expected.Count, reply.Jobs.Count);
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
        Assert.DoesNotContain(job.Past, past => past.Worker == worker.Id && past.Job.Stamp == claimed.Stamp);
        _model.Take(job, worker.Id, claimed);
        _touched.Add(job.Id);
        if (!replyLost)
            worker.Held.Add(claimed);
        return true;
    }

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

    async Task CancelAsync(int pick)
    {
        var id = Pick(pick);
        Assert.Equal(_model.Cancel(id), await Store.CancelAsync(id, CancellationToken.None));
    }

    async Task RetryAsync(int pick)
    {
        var id = Pick(pick);
        Assert.Equal(_model.Retry(id), await Store.RetryAsync(id, CancellationToken.None));
    }

    // Of all that ever were, the forgotten ones included; now and then one that never was.
    JobId Pick(int pick)
    {
        var id = _all.Count == 0 || pick % 20 == 19 ? JobId.New(_now) : _all[pick % _all.Count];
        _touched.Add(id);
        return id;
    }

    async Task ReapAsync()
    {
        var recovered = await Store.ReapAsync(Silence, QuarantineAfter, CancellationToken.None);
        var expected = _model.Reap((long)Silence.TotalMilliseconds, QuarantineAfter, await FindExpiredAsync());
        AssertSame("recovered", expected, recovered);
        _touched.UnionWith(expected);
    }

    async Task PauseAsync(string queue, bool on) =>
        Assert.Equal(_model.Pause(queue, on), await Store.PauseQueueAsync(queue, on, CancellationToken.None));

    // Whatever happened before, a worker that knows all and has time ends every job: none is stuck, none forgotten.
    async Task DrainAsync(string name)
    {
        var worker = new ModelWorker(name, ["test.one", "test.news"]);
        await PauseAsync("q0", on: false);
        await PauseAsync("q1", on: false);
        for (var turn = 0; turn < 200 && _model.Jobs.Any(job => job.IsLive); turn++)
        {
            await PassAsync(1_500);
            await BeatAsync(worker);
            await ReapAsync();
            await AdoptExpiredAsync();
            await ClaimAsync(worker, count: 50, turn, replyLost: false);
            await FinishAsync(worker.Id, worker.Held.ConvertAll(job => Outcome(job, OutcomeKind.Succeeded, 0)));
            worker.Held.Clear();
        }

        await CompareAsync(whole: true);
        Assert.DoesNotContain(_model.Jobs, job => job.IsLive);
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

    static Task CrashAsync(ModelWorker worker)
    {
        worker.StartAnew();
        return Task.CompletedTask;
    }

    async Task LeaveAsync(ModelWorker worker)
    {
        _touched.UnionWith(_model.OwnedBy(worker.Id).Select(job => job.Id));
        _model.Leave(worker.Id);
        await Store.LeaveAsync(worker.Id, CancellationToken.None);
        worker.StartAnew();
    }

    async Task ForgetAsync()
    {
        await PassAsync((int)TimeSpan.FromDays(2).TotalMilliseconds);
        var over = _model.Jobs.Where(job => !job.IsLive).Select(job => job.Id).ToList();
        _model.Forget();
        while (await Store.PruneAsync(5, CancellationToken.None) == 5)
        {
            // Bite by bite, as the worker does.
        }

        _touched.UnionWith(over);
    }

    Task ReopenAsync()
    {
        _model.Reopen();
        return _target.ReopenAsync();
    }
}
