using System.Collections.Concurrent;
using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>What users of the engine see when nothing goes wrong around them.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task Enqueue_RunsAndReturnsTheResult()
    {
        var host = await StartAsync();

        var handle = await host.Client.EnqueueAsync(new Script("a"));

        Assert.True(handle.IsNew);
        Assert.Equal("a", await handle.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task Handler_ThatReturnsNull_HasReturnedThat()
    {
        var host = await StartAsync();
        host.Stage.Play = static (_, _) => Task.FromResult<string>(null!);

        Assert.Null(await (await host.Client.EnqueueAsync(new Script("a"))).WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task Enqueue_FromAnotherProcess_Runs()
    {
        var web = await StartAsync(worker: false);
        await StartAsync();

        var handle = await web.Client.EnqueueAsync(new Script("a"));

        Assert.Equal("a", await handle.WaitForResultAsync(Patience));
    }

    [Fact]
    public async Task EnqueueMany_RunsEachOnce()
    {
        var host = await StartAsync();

        var handles = await host.Client.EnqueueManyAsync(Enumerable.Range(0, 600).Select(number => new Script($"{number}")));

        foreach (var handle in handles)
            Assert.Equal(JobState.Succeeded, (await handle.WaitAsync(Patience)).State);
        Assert.Equal(600, host.Stage.Runs.Count);
        Assert.Equal(600, host.Stage.Runs.Distinct().Count());
    }

    [Fact]
    public async Task Enqueue_FromManyCallersAtOnce_AnswersEachWithItsOwnJob()
    {
        var host = await StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var handle = await host.Client.EnqueueAsync(new Script($"{number}"));
            return await handle.WaitForResultAsync(Patience) == $"{number}";
        }));

        Assert.All(results, Assert.True);
    }

    [Fact]
    public async Task Enqueue_WithADelay_RunsAfterItAndNotBefore()
    {
        // Who only looked now and then would come too late for anybody's patience.
        var host = await StartAsync(static options => options.PollInterval = TimeSpan.FromMinutes(1));
        var began = DateTimeOffset.MinValue;
        host.Stage.Play = (script, job) =>
        {
            began = TimeProvider.System.GetUtcNow();
            return Task.FromResult(script.Key);
        };

        var job = host.Client.Prepare(new Script("a"), options => options.In(TimeSpan.FromMilliseconds(250)));
        await host.Client.SubmitAsync([job]);

        Assert.Equal(JobState.Succeeded, (await host.Client.WaitAsync(job.Id, Patience)).State);
        Assert.True(began >= job.DueAt, $"Due {job.DueAt:O}, begun {began:O}.");
    }

    [Fact]
    public async Task Run_GetsItsContext()
    {
        var host = await StartAsync();
        JobContext? seen = null;
        host.Stage.Play = (script, job) =>
        {
            seen = job;
            return Task.FromResult(script.Key);
        };

        var handle = await host.Client.EnqueueAsync(new Script("a"), options => options.Owner("ana"));
        await handle.WaitForResultAsync(Patience);

        Assert.Equal((handle.Id, 1, "ana", false), (seen!.Id, seen.Attempt, seen.Owner, seen.IsCancelRequested));
    }

    [Fact]
    public async Task Run_GetsAScopeOfItsOwn_WhichIsOverBeforeItsOutcomeIsTold()
    {
        ConcurrentQueue<Tool> tools = new();
        var host = await StartAsync(jobs: services => services.AddJobHandler<ToolJob>().AddScoped(_ =>
        {
            var tool = new Tool();
            tools.Enqueue(tool);
            return tool;
        }));
        host.Stage.Play = (script, job) => script.Key == "bad" && job.Attempt == 1 ? throw new IOException("disk") : Task.FromResult(script.Key);

        foreach (var key in new[] { "good", "bad" })
        {
            Assert.Equal(key, await (await host.Client.EnqueueAsync(new Errand(key))).WaitForResultAsync(Patience));
            Assert.All(tools, static tool => Assert.True(tool.IsDisposed));
        }

        Assert.Equal(["good 1", "bad 1", "bad 2"], tools.Select(static tool => tool.UsedBy));
        Assert.All(tools, static tool => Assert.True(tool.LastedForTheRun));
    }

    [Fact]
    public async Task Run_ThatThrows_IsTriedAgainAndSucceeds()
    {
        var host = await StartAsync();
        host.Stage.Play = (script, job) => job.Attempt < 3 ? throw new IOException("disk") : Task.FromResult("third");

        var handle = await host.Client.EnqueueAsync(new Script("a"));

        Assert.Equal("third", await handle.WaitForResultAsync(Patience));
        Assert.Equal([("a", 1), ("a", 2), ("a", 3)], host.Stage.Runs);
        Assert.Equal("IOException: disk", (await handle.FindAsync())!.Error);
    }

    [Fact]
    public async Task Runs_ThatFailAlike_RestForTimesDrawnBetweenHalfAndWhole()
    {
        ConcurrentQueue<TimeSpan> rests = new();
        var host = await StartAsync();
        host.Stage.Play = static (_, _) => throw new IOException("disk");
        host.Store.CannotWrite = outcome =>
        {
            rests.Enqueue(outcome.RetryIn);
            return false;
        };

        await host.Client.EnqueueManyAsync(
            Enumerable.Range(0, 20).Select(static number => new Script($"{number}")), static options => options.Backoff(TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)));
        await Support.Eventually.HoldsAsync("all rest", () => rests.Count >= 20);

        Assert.All(rests, static rest => Assert.InRange(rest, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)));
        // Twenty fair draws lie closer together once in a million million times.
        Assert.True(rests.Max() - rests.Min() > TimeSpan.FromMinutes(1), $"They rest {string.Join(", ", rests)}.");
    }

    [Fact]
    public async Task Run_ThatThrowsEachTime_FailsAfterItsAttempts()
    {
        var host = await StartAsync();
        host.Stage.Play = (_, _) => throw new InvalidOperationException("never works");

        var handle = await host.Client.EnqueueAsync(new Script("a"));
        var record = await handle.WaitAsync(Patience);

        Assert.Equal((JobState.Failed, 3, "InvalidOperationException: never works"), (record.State, record.Attempt, record.Error));
        Assert.Equal(3, host.Stage.Runs.Count);
        var thrown = await Assert.ThrowsAsync<JobFailedException>(() => handle.WaitForResultAsync(Patience));
        Assert.Contains("never works", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatGivesUp_FailsAtOnce()
    {
        var host = await StartAsync();
        host.Stage.Play = (_, _) => throw new JobFailedException("There is no such report.");

        var record = await (await host.Client.EnqueueAsync(new Script("a"))).WaitAsync(Patience);

        Assert.Equal((JobState.Failed, 1, "There is no such report."), (record.State, record.Attempt, record.Error));
    }

    [Fact]
    public async Task Run_WithATooLargeResult_Fails()
    {
        var host = await StartAsync(options => options.MaxPayloadBytes = 1_000);
        host.Stage.Play = (_, _) => Task.FromResult(new string('x', 2_000));

        var record = await (await host.Client.EnqueueAsync(new Script("a"))).WaitAsync(Patience);

        Assert.Equal(JobState.Failed, record.State);
        Assert.Contains("1,000", record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unique_WhileAJobWaitsOrRuns_ReturnsThatOne()
    {
        var host = await StartAsync();
        var gate = new TaskCompletionSource();
        host.Stage.Play = async (script, _) =>
        {
            await gate.Task;
            return script.Key;
        };
        var first = await host.Client.EnqueueAsync(new Script("first"), options => options.Unique("k"));
        await host.Stage.StartedAsync("first");

        var second = await host.Client.EnqueueAsync(new Script("second"), options => options.Unique("k"));
        Assert.Equal((first.Id, false), (second.Id, second.IsNew));
        gate.SetResult();
        Assert.Equal("first", await second.WaitForResultAsync(Patience));

        Assert.True((await host.Client.EnqueueAsync(new Script("third"), options => options.Unique("k"))).IsNew);
    }

    [Fact]
    public async Task Progress_IsSeenWhileItRunsAndKeptAtTheEnd()
    {
        var host = await StartAsync();
        var gate = new TaskCompletionSource();
        host.Stage.Play = async (script, job) =>
        {
            await job.ReportProgressAsync(1, 4, "Writing rows");
            await gate.Task;
            for (var row = 2; row <= 4; row++)
                await job.ReportProgressAsync(row, 4, "Writing rows");
            return script.Key;
        };
        var handle = await host.Client.EnqueueAsync(new Script("a"));

        var running = await UntilAsync(host, handle.Id, record => record.Progress is not null);
        Assert.Equal((JobState.Running, new JobProgress(1, 4, "Writing rows")), (running.State, running.Progress));
        gate.SetResult();

        Assert.Equal(100, (await handle.WaitAsync(Patience)).Progress!.Percent);
    }

    [Fact]
    public async Task Progress_OnItsWayWhileTheRunEnds_IsKeptAtTheEnd()
    {
        var host = await StartAsync();
        var (sent, gate) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        host.Store.HoldsRequestOf = call => call == "progress" && sent.TrySetResult() ? gate.Task : Task.CompletedTask;
        host.Stage.Play = async (script, job) =>
        {
            await job.ReportProgressAsync(4, 4, "Writing rows");
            await sent.Task;
            return script.Key;
        };

        try
        {
            var ended = await (await host.Client.EnqueueAsync(new Script("a"))).WaitAsync(Patience);
            Assert.Equal(new JobProgress(4, 4, "Writing rows"), ended.Progress);
        }
        finally
        {
            gate.SetResult();
        }
    }

    [Fact]
    public async Task Cancel_OfAQueuedJob_NeverRunsIt()
    {
        var host = await StartAsync(worker: false);
        var handle = await host.Client.EnqueueAsync(new Script("a"));

        Assert.Equal(CancelReply.Cancelled, await host.Client.CancelAsync(handle.Id));

        var worker = await StartAsync();
        await (await worker.Client.EnqueueAsync(new Script("b"))).WaitForResultAsync(Patience);
        Assert.Equal([("b", 1)], worker.Stage.Runs);
        Assert.Equal(JobState.Cancelled, (await handle.WaitAsync(Patience)).State);
    }

    [Fact]
    public async Task Cancel_OfARunThatThenSaysItFailed_IsCancelledAllTheSame()
    {
        var host = await StartAsync();
        host.Stage.Play = async (_, job) =>
        {
            try
            {
                return await WaitForStopAsync(job);
            }
            catch (OperationCanceledException error)
            {
                throw new JobFailedException("It broke off.", error);
            }
        };
        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await host.Stage.StartedAsync("a");

        await host.Client.CancelAsync(handle.Id);

        Assert.Equal(JobState.Cancelled, (await handle.WaitAsync(Patience)).State);
    }

    [Fact]
    public async Task Cancel_OfARunningJob_ReachesItAtOnceAndIsAcknowledged()
    {
        // The next beat comes too late for anybody's patience: the command itself must wake the heart.
        var host = await StartAsync(static options =>
            (options.Heartbeat, options.Lease, options.ReapAfter) = (Patience * 1.5, Patience * 4, Patience * 5));
        var sawRequest = false;
        host.Stage.Play = async (_, job) =>
        {
            try
            {
                return await WaitForStopAsync(job);
            }
            finally
            {
                sawRequest = job.IsCancelRequested;
            }
        };
        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await host.Stage.StartedAsync("a");

        Assert.Equal(CancelReply.Requested, await host.Client.CancelAsync(handle.Id));

        Assert.Equal(JobState.Cancelled, (await handle.WaitAsync(Patience)).State);
        Assert.True(sawRequest);
        Assert.Single(host.Stage.Runs);
    }

    [Fact]
    public async Task LowerPriorities_GetTheirShareWhileHigherOnesKeepComing()
    {
        var host = await StartAsync(options => (options.Slots, options.Prefetch) = (1, 0));
        var highs = 0;
        host.Stage.Play = async (script, _) =>
        {
            // Each important job brings another: without shares the unimportant one would never run.
            if (script.Key == "high" && Interlocked.Increment(ref highs) < 2_000)
                await host.Client.EnqueueAsync(new Script("high"), options => options.Priority(JobPriority.Critical));
            return script.Key;
        };
        await host.Client.EnqueueManyAsync(Enumerable.Repeat(new Script("high"), 20), options => options.Priority(JobPriority.Critical));

        var low = await host.Client.EnqueueAsync(new Script("low"), options => options.Priority(JobPriority.Low));
        await low.WaitForResultAsync(Patience);

        Assert.InRange(highs, 1, 200);
        highs = 2_000;
    }

    [Fact]
    public async Task Wait_ThatRunsOutOfTime_SaysWhereTheJobIs()
    {
        var host = await StartAsync(worker: false);
        var handle = await host.Client.EnqueueAsync(new Script("a"));

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => handle.WaitAsync(TimeSpan.FromMilliseconds(50)));

        Assert.Contains("Queued", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_ForAJobNotHandedOverYet_GoesOn()
    {
        var host = await StartAsync();
        var job = host.Client.Prepare(new Script("a"));
        var wait = host.Client.WaitAsync(job.Id, Patience);

        await host.Client.SubmitAsync([job]);

        Assert.Equal(JobState.Succeeded, (await wait).State);
    }
}
