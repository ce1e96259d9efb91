using System.Collections.Concurrent;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>When a job may run, for how long, and what it keeps on its way.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task TimeLimit_TellsTheHandlerToStop_AndTheAttemptHasFailed()
    {
        var host = await StartAsync();
        host.Stage.Play = async (script, job) => job.Attempt == 1 ? await WaitForStopAsync(job) : script.Key;

        var handle = await host.Client.EnqueueAsync(new Script("a"), options => options.TimeLimit(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)));

        Assert.Equal("a", await handle.WaitForResultAsync(Patience));
        var record = (await handle.FindAsync())!;
        Assert.Equal(2, record.Attempt);
        Assert.Contains("longer than its time limit of 00:00:00.0500000 and was told to stop", record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimeLimit_AHandlerThatReturnsWithinItsGrace_HasSucceeded()
    {
        var host = await StartAsync();
        host.Stage.Play = static async (script, job) =>
        {
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var seen = job.CancellationToken.Register(() => told.TrySetResult());
            await told.Task;
            return script.Key;
        };

        var handle = await host.Client.EnqueueAsync(new Script("a"), options => options.TimeLimit(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)));

        Assert.Equal("a", await handle.WaitForResultAsync(Patience));
        Assert.Equal(1, (await handle.FindAsync())!.Attempt);
    }

    [Fact]
    public async Task TimeLimit_AHandlerThatDoesNotStop_IsAbandoned_AndItsSlotAndItsJobGoOnWithoutIt()
    {
        using var heard = new HeardMetrics();
        // They pass when the test says so: the second run has all the time it needs.
        var (limit, grace) = (TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(8));
        var clock = new HeldStretches(limit, grace);
        var host = await StartAsync(options => options.Slots = 1, jobs: services => services.AddSingleton<TimeProvider>(clock));
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<(Exception? Cursor, bool Told)>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Stage.Play = async (script, job) =>
        {
            if (script.Key != "stuck" || job.Attempt > 1)
                return script.Key + job.Attempt;
            await stuck.Task;
            await job.LogAsync("from beyond");
            var refused = await Record.ExceptionAsync(() => job.SaveCursorAsync(7));
            ended.SetResult((refused, job.CancellationToken.IsCancellationRequested));
            return "too late";
        };

        var handle = await host.Client.EnqueueAsync(new Script("stuck"), options => options.TimeLimit(limit, grace));
        var next = await host.Client.EnqueueAsync(new Script("next"));
        await host.Stage.StartedAsync("stuck");
        await clock.PassAsync(limit);
        await clock.PassAsync(grace);

        Assert.Equal("next1", await next.WaitForResultAsync(Patience));
        Assert.Equal("stuck2", await handle.WaitForResultAsync(Patience));
        stuck.SetResult();
        var (cursor, told) = await ended.Task.WaitAsync(Patience);
        Assert.IsType<OperationCanceledException>(cursor);
        Assert.True(told);
        var record = (await handle.FindAsync())!;
        Assert.Equal((JobState.Succeeded, "stuck2"), (record.State, record.ReadResult<string>()));
        Assert.Contains("abandoned", record.Error, StringComparison.Ordinal);
        Assert.Empty(await host.Inspector.ReadLogAsync(handle.Id));
        Assert.Equal(1, heard.Sum("jobs.abandoned", ("job", "test.script")));
    }

    [Fact]
    public async Task TimeLimit_AHandlerThatBlocksItsThread_DoesNotKeepTheSlot()
    {
        var host = await StartAsync(options => options.Slots = 1);
        using var gate = new ManualResetEventSlim();
        host.Stage.Play = (script, _) =>
        {
            if (script.Key == "blocks")
                gate.Wait(Patience);
            return Task.FromResult(script.Key);
        };

        var handle = await host.Client.EnqueueAsync(
            new Script("blocks"), options => options.TimeLimit(TimeSpan.FromMilliseconds(50), TimeSpan.Zero).MaxAttempts(1));

        Assert.Equal(JobState.Failed, (await handle.WaitAsync(Patience)).State);
        var next = await host.Client.EnqueueAsync(new Script("next"));
        Assert.Equal("next", await next.WaitForResultAsync(Patience));
        gate.Set();
    }

    [Fact]
    public async Task Snooze_ComesAgainLater_WithTheSameAttempt()
    {
        var host = await StartAsync();
        host.Stage.Play = (script, job) =>
            host.Stage.Runs.Count < 3 ? throw job.Snooze(TimeSpan.FromMilliseconds(20)) : Task.FromResult($"attempt {job.Attempt}");

        var handle = await host.Client.EnqueueAsync(new Script("a"), options => options.MaxAttempts(1));

        Assert.Equal("attempt 1", await handle.WaitForResultAsync(Patience));
        Assert.Equal([("a", 1), ("a", 1), ("a", 1)], host.Stage.Runs);
    }

    [Fact]
    public async Task Cursor_GoesOnWhereAStoppedWorkerWas()
    {
        using var heard = new HeardMetrics();
        var first = await StartAsync(options => options.ShutdownGrace = TimeSpan.Zero);
        var saved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        first.Stage.Play = async (script, job) =>
        {
            Assert.Null(job.Cursor<Place>());
            await job.SaveCursorAsync(new Place(41, "ü"));
            Assert.Equal(new Place(41, "ü"), job.Cursor<Place>());
            saved.TrySetResult();
            return await WaitForStopAsync(job);
        };
        var handle = await first.Client.EnqueueAsync(new Script("a"));
        await saved.Task.WaitAsync(Patience);
        await first.StopAsync();

        await StartAsync(play: static (_, job) => Task.FromResult($"{job.Cursor<Place>()} in attempt {job.Attempt}"));

        Assert.Equal("Place { Row = 41, Name = ü } in attempt 1", await handle.WaitForResultAsync(Patience));
        // It waited for its first run only.
        Assert.Single(heard.All("jobs.waiting", ("job", "test.script")));
    }

    [Fact]
    public async Task Log_OfARun_CanBeReadBesideTheJob()
    {
        var host = await StartAsync();
        host.Stage.Play = async (script, job) =>
        {
            await job.LogAsync($"begun with {script.Key}");
            await job.LogAsync(new string('x', 5_000));
            throw new JobFailedException("no more");
        };

        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await handle.WaitAsync(Patience);

        Assert.Equal(["begun with a", new string('x', JobLogLine.LongestText)], (await host.Inspector.ReadLogAsync(handle.Id)).Select(line => line.Text));
    }

    [Fact]
    public async Task Expired_IsWhatAJobBecomesThatNoSlotGotTo()
    {
        var host = await StartAsync(options => { Brisk(options); options.Slots = 1; });
        host.Stage.Play = (script, job) => script.Key == "long" ? WaitForStopAsync(job) : Task.FromResult(script.Key);
        var running = await host.Client.EnqueueAsync(new Script("long"));
        await host.Stage.StartedAsync("long");

        var handle = await host.Client.EnqueueAsync(new Script("late"), options => options.ExpiresIn(TimeSpan.FromMilliseconds(50)));

        Assert.Equal(JobState.Expired, (await handle.WaitAsync(Patience)).State);
        Assert.DoesNotContain(host.Stage.Runs, run => run.Key == "late");
        await host.Client.CancelAsync(running.Id);
    }

    [Fact]
    public async Task Serial_OverTwoWorkers_RunsOneAtATimeInOrder()
    {
        var (now, most, order) = (0, 0, new ConcurrentQueue<string>());
        async Task<string> Play(Script script, JobContext job)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            order.Enqueue(script.Key);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return script.Key;
        }

        var web = await StartAsync(worker: false);
        var handles = await web.Client.EnqueueManyAsync(Enumerable.Range(0, 30).Select(number => new Script($"{number}")), options => options.Serial("one"));
        foreach (var host in new[] { await StartAsync(), await StartAsync() })
            host.Stage.Play = Play;

        foreach (var handle in handles)
            await handle.WaitAsync(Patience);
        Assert.Equal(1, most);
        // Those that began before the script was set are not in it.
        Assert.Equal(order.OrderBy(int.Parse), order);
    }

    [Fact]
    public async Task Limit_OfTheConfiguration_IsKeptOverTwoWorkers_AndChangedAtRunTime()
    {
        var (now, most, entered) = (0, 0, new SemaphoreSlim(0));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<string> Play(Script script, JobContext job)
        {
            lock (entered)
                most = Math.Max(most, ++now);
            entered.Release();
            await gate.Task;
            lock (entered)
                now--;
            return script.Key;
        }

        void Configure(JobsOptions options) => options.Limits["mail"] = new LimitRule(Running: 3);
        var (one, two) = (await StartAsync(Configure), await StartAsync(Configure));
        (one.Stage.Play, two.Stage.Play) = (Play, Play);
        var handles = await one.Client.EnqueueManyAsync(Enumerable.Range(0, 20).Select(number => new Script($"{number}")), options => options.Limit("mail"));

        for (var i = 0; i < 3; i++)
            Assert.True(await entered.WaitAsync(Patience));
        Assert.Equal(3, Assert.Single(await one.Limits.ListAsync()).Running);
        await one.Limits.SetAsync("mail", new LimitRule(Running: 5));
        for (var i = 0; i < 2; i++)
            Assert.True(await entered.WaitAsync(Patience));
        Assert.Equal(5, Assert.Single(await one.Limits.ListAsync()).Running);
        gate.SetResult();

        foreach (var handle in handles)
            Assert.Equal(JobState.Succeeded, (await handle.WaitAsync(Patience)).State);
        Assert.Equal(5, most);
        await Assert.ThrowsAsync<ArgumentException>(() => one.Limits.SetAsync("mail", new LimitRule()));
        await Assert.ThrowsAsync<ArgumentException>(() => one.Limits.SetAsync("Not a name", new LimitRule(Running: 1)));
    }

    [Fact]
    public async Task Limit_TakenOutOfTheConfiguration_IsOutOfForceAfterARestart()
    {
        var before = await StartAsync(options => options.Limits["mail"] = new LimitRule(Running: 0));
        var handle = await before.Client.EnqueueAsync(new Script("held"), options => options.Limit("mail"));
        await Support.Eventually.HoldsAsync("the job waits for the limit", async () => (await handle.FindAsync())!.HeldBack?.Contains("mail", StringComparison.Ordinal) == true);
        await before.StopAsync();

        var after = await StartAsync();

        Assert.Equal(JobState.Succeeded, (await after.Client.WaitAsync(handle.Id, Patience)).State);
        Assert.Empty(await after.Limits.ListAsync());
    }

    [Fact]
    public async Task PausedQueue_IsLeftAlone_AndGoesOnWhenResumed_StrictlyByPriority()
    {
        var host = await StartAsync(options => { options.Slots = 1; options.Prefetch = 0; options.Priorities = PriorityOrder.Strict; });
        Assert.True(await host.Inspector.PauseQueueAsync("default"));
        var low = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 3).Select(number => new Script($"low {number}")), options => options.Priority(JobPriority.Low));
        var high = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 30).Select(number => new Script($"high {number}")), options => options.Priority(JobPriority.High));
        var other = await host.Client.EnqueueAsync(new Script("before"), options => options.Queue("other"));
        Assert.Equal(JobState.Queued, (await other.FindAsync())!.State);
        Assert.Contains("paused", (await low[0].FindAsync())!.HeldBack, StringComparison.Ordinal);
        Assert.True((await host.Inspector.ListQueuesAsync()).Single(queue => queue.Name == "default").IsPaused);
        Assert.Empty(host.Stage.Runs);

        Assert.True(await host.Inspector.ResumeQueueAsync("default"));

        foreach (var handle in high.Concat(low))
            await handle.WaitAsync(Patience);
        Assert.Equal([.. Enumerable.Range(0, 30).Select(number => $"high {number}"), "low 0", "low 1", "low 2"], host.Stage.Runs.Select(run => run.Key));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.PauseQueueAsync("Not a queue"));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Inspector.PauseQueueAsync("canary"));
    }

    [Fact]
    public async Task OlderArguments_AreUpgraded_OrSaidToBeUnusable()
    {
        var before = await StartAsync(worker: false, jobs: services => services.AddJobHandler<GreetingBeforeJob>());
        await StartAsync(jobs: services => services.AddJobHandler<GreetingAfterJob>());

        Assert.Equal("Ada Lovelace", await (await before.Client.EnqueueAsync(new GreetingBefore("Ada Lovelace"))).WaitForResultAsync(Patience));
        var record = await (await before.Client.EnqueueAsync(new GreetingBefore("Plato"))).WaitAsync(Patience);
        Assert.Equal((JobState.Failed, "'Plato' has no last name."), (record.State, record.Error));
    }

    [Fact]
    public async Task NewerArguments_WaitForAWorkerThatKnowsThem()
    {
        var after = await StartAsync(worker: false, jobs: services => services.AddJobHandler<GreetingAfterJob>());
        var before = await StartAsync(Quick, jobs: services => services.AddJobHandler<GreetingBeforeJob>());

        var handle = await after.Client.EnqueueAsync(new GreetingAfter("Ada", "Lovelace"));

        await UntilAsync(before, handle.Id, record => record.HeldBack is { } reason && reason.Contains("version 2", StringComparison.Ordinal));
        await StartAsync(Quick, jobs: services => services.AddJobHandler<GreetingAfterJob>());
        Assert.Equal("Ada Lovelace", await handle.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task RollingRestart_UnderLoad_WithOldAndNewWorkers_FailsNothing()
    {
        static void Before(IServiceCollection services) => services.AddJobHandler<GreetingBeforeJob>();
        static void After(IServiceCollection services) => services.AddJobHandler<GreetingAfterJob>();
        static void Busy(JobsOptions options)
        {
            Quick(options);
            options.Slots = 4;
        }

        using var heard = new HeardMetrics();
        var oldWeb = await StartAsync(worker: false, jobs: Before);
        var newWeb = await StartAsync(worker: false, jobs: After);
        List<EngineHost> workers = [await StartAsync(Busy, jobs: Before), await StartAsync(Busy, jobs: Before), await StartAsync(Busy, jobs: Before)];
        var (done, isOver) = (0, false);
        // As many of each kind as there are slots, so that each worker is at work when it is told to stop.
        List<Task> callers =
        [
            .. Enumerable.Range(0, 12).Select(_ => CallAsync(oldWeb, new GreetingBefore("Ada Lovelace"))),
            .. Enumerable.Range(0, 12).Select(_ => CallAsync(newWeb, new GreetingAfter("Ada", "Lovelace"))),
        ];

        foreach (var worker in workers)
        {
            var before = Volatile.Read(ref done);
            await Support.Eventually.HoldsAsync("jobs go through", () => Volatile.Read(ref done) >= before + 12 || callers.Exists(caller => caller.IsFaulted));
            await worker.StopAsync();
            await StartAsync(Busy, jobs: After);
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(callers);

        // It was as it was meant to be: old workers met newer arguments, and stopping ones had jobs to hand back.
        Assert.NotEqual(0, heard.Sum("jobs.outcomes", ("job", "test.greeting"), ("outcome", "parked")));
        Assert.NotEqual(0, heard.Sum("jobs.outcomes", ("job", "test.greeting"), ("outcome", "released")));

        async Task CallAsync(EngineHost web, IJobArgs<string> args)
        {
            while (!Volatile.Read(ref isOver))
            {
                var handle = await web.Client.EnqueueAsync(args);
                Assert.Equal("Ada Lovelace", await handle.WaitForResultAsync(Patience));
                Assert.Equal((JobState.Succeeded, 1, null), await handle.FindAsync() is { } record ? (record.State, record.Attempt, record.Error) : default);
                Interlocked.Increment(ref done);
            }
        }
    }

    sealed record Place(int Row, string Name);
}
