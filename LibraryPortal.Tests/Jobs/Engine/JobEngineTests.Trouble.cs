using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Workers that die, freeze and stop; a store that goes and comes back.</summary>
public abstract partial class JobEngineTests
{
    [Fact]
    public async Task KilledWorker_ItsJobsRunAgainElsewhereWithoutSpendingAnAttempt()
    {
        using var heard = new HeardMetrics();
        var first = await StartAsync(Brisk);
        first.Stage.Play = (_, job) => WaitForStopAsync(job);
        var handle = await first.Client.EnqueueAsync(new Script("a"));
        await first.Stage.StartedAsync("a");

        first.Kill();
        var second = await StartAsync(Quick);

        var client = second.Client;
        var record = await client.WaitAsync(handle.Id, Patience);
        Assert.Equal((JobState.Succeeded, 1, 1), (record.State, record.Attempt, record.Crashes));
        Assert.Equal([("a", 1)], second.Stage.Runs);
        await heard.UntilSumAsync(1, "jobs.recovered");
        Assert.Equal(1, heard.Sum("jobs.recovered"));
    }

    [Fact]
    public async Task FrozenWorker_StopsItsHandlersAndIsFencedWhenItWakes()
    {
        using var heard = new HeardMetrics();
        var zombie = await StartAsync(Quick);
        var stopped = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        zombie.Stage.Play = async (_, job) =>
        {
            await using var seen = job.CancellationToken.Register(() => stopped.TrySetResult());
            // A handler that does not listen, and ends with a result nobody may see.
            await gate.Task;
            return "zombie";
        };
        var handle = await zombie.Client.EnqueueAsync(new Script("a"));
        await zombie.Stage.StartedAsync("a");
        var heirGate = new TaskCompletionSource();
        var heir = await StartAsync(Quick);
        heir.Stage.Play = async (_, _) =>
        {
            await heirGate.Task;
            return "heir";
        };

        zombie.Store.Freeze();
        await stopped.Task.WaitAsync(Patience);
        await heir.Stage.StartedAsync("a");
        gate.SetResult();
        zombie.Store.Mend();
        // The zombie is well again under another name before the heir ends: it had every chance to write.
        zombie.Stage.Play = static (script, _) => Task.FromResult(script.Key);
        await WorkersAsync(2);
        heirGate.SetResult();

        var record = await heir.Client.WaitAsync(handle.Id, Patience);
        Assert.Equal("heir", record.ReadResult<string>());
        Assert.Single(heir.Stage.Runs);
        await heard.UntilSumAsync(1, "jobs.fenced");
        await heard.UntilSumAsync(1, "jobs.acknowledged");
        Assert.Equal((1, 1), (heard.Sum("jobs.fenced"), heard.Sum("jobs.acknowledged")));
    }

    [Fact]
    public async Task JobsThatArriveOnceTheLeaseIsOver_AreHandedBackUnrun()
    {
        var lease = TimeSpan.FromMilliseconds(400);
        var host = await StartAsync(options => (options.Heartbeat, options.Lease) = (lease / 4, lease));
        var (arrives, renews) = (new TaskCompletionSource(), new TaskCompletionSource());
        var claimed = 0L;
        host.Store.HoldsRequestOf = HoldBeat;
        host.Store.HoldsReplyOf = (call, reply) =>
            reply is ClaimReply { Jobs.Count: > 0 } && Interlocked.CompareExchange(ref claimed, TimeProvider.System.GetTimestamp(), 0) == 0 ? arrives.Task : HoldBeat(call);
        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await Support.Eventually.HoldsAsync(
            "the lease is over", () => Volatile.Read(ref claimed) is not 0 and var since && TimeProvider.System.GetElapsedTime(since) > lease);

        arrives.SetResult();

        Assert.Equal(JobState.Queued, (await UntilAsync(host, handle.Id, record => record.State != JobState.Running)).State);
        Assert.Empty(host.Stage.Runs);
        renews.SetResult();
        var record = await host.Client.WaitAsync(handle.Id, Patience);
        Assert.Equal((JobState.Succeeded, 1), (record.State, record.Attempt));

        Task HoldBeat(string call) => call == "beat" && Volatile.Read(ref claimed) != 0 ? renews.Task : Task.CompletedTask;
    }

    [Fact]
    public async Task GracefulStop_LetsRunningJobsEnd()
    {
        var host = await StartAsync();
        var gate = new TaskCompletionSource();
        host.Stage.Play = async (script, _) =>
        {
            await gate.Task;
            return script.Key;
        };
        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await host.Stage.StartedAsync("a");

        var stop = host.StopAsync();
        gate.SetResult();
        await stop;

        Assert.Equal(JobState.Succeeded, (await Store.FindAsync(handle.Id, CancellationToken.None))!.State);
        Assert.Empty(await Store.ListWorkersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task GracefulStop_HandsBackWhatDoesNotEndInTime()
    {
        var host = await StartAsync(Brisk);
        var deaf = new TaskCompletionSource();
        host.Stage.Play = async (script, job) => script.Key == "deaf" ? await HangAsync(deaf) : await WaitForStopAsync(job);
        var listens = await host.Client.EnqueueAsync(new Script("listens"));
        var doesNot = await host.Client.EnqueueAsync(new Script("deaf"));
        await host.Stage.StartedAsync("listens");
        await host.Stage.StartedAsync("deaf");

        await host.StopAsync();

        foreach (var id in new[] { listens.Id, doesNot.Id })
        {
            var record = (await Store.FindAsync(id, CancellationToken.None))!;
            Assert.Equal((JobState.Queued, 0, 0), (record.State, record.Attempt, record.Crashes));
        }

        deaf.SetResult();
        var next = await StartAsync();
        Assert.Equal(JobState.Succeeded, (await next.Client.WaitAsync(doesNot.Id, Patience)).State);
        Assert.Equal(JobState.Succeeded, (await next.Client.WaitAsync(listens.Id, Patience)).State);

        static async Task<string> HangAsync(TaskCompletionSource end)
        {
            await end.Task;
            return "too late";
        }
    }

    [Fact]
    public async Task UnknownName_WaitsForAWorkerThatKnowsIt()
    {
        using var heard = new HeardMetrics();
        var old = await StartAsync(Brisk, knowsNews: false);
        var web = await StartAsync(worker: false);
        var handle = await web.Client.EnqueueAsync(new News("a"));
        var parked = await UntilAsync(web, handle.Id, record => record.HeldBack?.Contains("test.news", StringComparison.Ordinal) == true);
        Assert.Equal((JobState.Queued, 0), (parked.State, parked.Attempt));
        await old.StopAsync();

        var fresh = await StartAsync(Brisk);

        Assert.Equal(JobState.Succeeded, (await handle.WaitAsync(Patience)).State);
        Assert.Equal([("a", 1)], fresh.Stage.Runs);
        // Set aside it did not run.
        Assert.Single(heard.All("jobs.waiting", ("job", "test.news")));
    }

    [Fact]
    public async Task OutageDuringFinish_LosesNoResult()
    {
        var host = await StartAsync();
        host.Stage.Play = (script, _) =>
        {
            host.Store.Cut();
            return Task.FromResult(script.Key);
        };
        var client = (await StartAsync(worker: false)).Client;
        var handle = await client.EnqueueAsync(new Script("a"));
        await host.Stage.StartedAsync("a");
        await Assert.ThrowsAsync<TimeoutException>(() => client.WaitAsync(handle.Id, TimeSpan.FromMilliseconds(300)));

        host.Store.Mend();

        Assert.Equal("a", (await client.WaitAsync(handle.Id, Patience)).ReadResult<string>());
        Assert.Single(host.Stage.Runs);
    }

    [Fact]
    public async Task LostReplyOfAFinish_IsRepeatedWithoutHarm()
    {
        var host = await StartAsync();
        var lost = 0;
        host.Store.LosesReplyOf = name => name == "finish" && Interlocked.Increment(ref lost) == 1;

        var handle = await host.Client.EnqueueAsync(new Script("a"));

        Assert.Equal("a", await handle.WaitForResultAsync(Patience));
        Assert.Equal("b", await (await host.Client.EnqueueAsync(new Script("b"))).WaitForResultAsync(Patience));
        Assert.True(lost >= 1);
        Assert.Single(host.Stage.Runs, run => run.Key == "a");
    }

    [Fact]
    public async Task LostReplyOfAClaim_IsFoundByTheBeatAndTheJobRuns()
    {
        var host = await StartAsync(Brisk);
        var lost = 0;
        await (await host.Client.EnqueueAsync(new Script("warm"))).WaitForResultAsync(Patience);
        host.Store.LosesReplyOf = name => name == "claim" && Volatile.Read(ref lost) == 0 && Store.CountAsync(CancellationToken.None) is var count
            && count.GetAwaiter().GetResult()[JobState.Running] > 0 && Interlocked.Exchange(ref lost, 1) == 0;

        var handle = await host.Client.EnqueueAsync(new Script("a"));

        var record = await handle.WaitAsync(Patience);
        Assert.Equal((JobState.Succeeded, 1, 0), (record.State, record.Attempt, record.Crashes));
        Assert.Equal(1, lost);
    }

    [Fact]
    public async Task ClaimAnsweredAfterTheWorkerBecameAnother_IsNotRun()
    {
        var host = await StartAsync(options => (options.Heartbeat, options.PollInterval) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100)));
        await (await host.Client.EnqueueAsync(new Script("warm"))).WaitForResultAsync(Patience);
        var (held, gate) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        host.Store.HoldsReplyOf = (_, reply) =>
        {
            if (reply is not ClaimReply { Jobs.Count: > 0 })
                return Task.CompletedTask;
            held.TrySetResult();
            return gate.Task;
        };
        var handle = await host.Client.EnqueueAsync(new Script("a"));
        await held.Task.WaitAsync(Patience);
        var old = Assert.Single(await Store.ListWorkersAsync(CancellationToken.None)).Id;

        // As if it had been silent too long: its jobs go back, and its next beat is told.
        await Store.LeaveAsync(old, CancellationToken.None);
        await Support.Eventually.HoldsAsync("it is another worker", async () => (await Store.ListWorkersAsync(CancellationToken.None)).Any(worker => worker.Id != old));
        Assert.Equal(JobState.Queued, (await host.Client.FindAsync(handle.Id))!.State);
        gate.SetResult();

        Assert.Equal(JobState.Succeeded, (await handle.WaitAsync(Patience)).State);
        Assert.Single(host.Stage.Runs, run => run.Key == "a");
    }

    [Fact]
    public async Task OutcomeThatCannotBeWritten_FailsItsJobAlone_AndTheOthersOfItsCallAreKept()
    {
        var host = await StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Store.HoldsReplyOf = (call, _) => call == "finish" ? gate.Task : Task.CompletedTask;
        host.Store.CannotWrite = outcome => outcome is { Kind: OutcomeKind.Succeeded, Result: { } result } && result.GetString() == "poison";
        // While the first outcome is on its way, the others gather for the next call.
        string[] keys = ["first", "a", "poison", "b"];
        Dictionary<string, JobHandle<string>> handles = [];
        foreach (var key in keys)
        {
            handles[key] = await host.Client.EnqueueAsync(new Script(key));
            await host.Stage.StartedAsync(key);
        }

        gate.SetResult();

        var failed = await handles["poison"].WaitAsync(Patience);
        Assert.Equal((JobState.Failed, 1), (failed.State, failed.Attempt));
        Assert.Contains("not be written", failed.Error, StringComparison.Ordinal);
        foreach (var key in keys.Where(key => key != "poison"))
            Assert.Equal(key, await handles[key].WaitForResultAsync(Patience));
        Assert.Equal(keys.Order(), host.Stage.Runs.Select(run => run.Key).Order());
    }

    [Fact]
    public async Task WorkerStartedDuringAnOutage_WorksOnceItIsOver()
    {
        var web = await StartAsync(worker: false);
        var handle = await web.Client.EnqueueAsync(new Script("a"));
        var worker = await StartAsync(Quick, cut: true);
        await Assert.ThrowsAsync<TimeoutException>(() => web.Client.WaitAsync(handle.Id, TimeSpan.FromMilliseconds(500)));

        worker.Store.Mend();

        Assert.Equal(JobState.Succeeded, (await worker.Client.WaitAsync(handle.Id, Patience)).State);
    }

    async Task WorkersAsync(int count)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await Store.ListWorkersAsync(CancellationToken.None)).Count != count)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"There never were {count} workers.");
            await turn.WaitForNextTickAsync();
        }
    }
}
