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
    // All records after each would leave time for a third of the scripts.
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
