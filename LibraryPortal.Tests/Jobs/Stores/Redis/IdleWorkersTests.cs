using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Workers that wait in the process where a job is enqueued.</summary>
public sealed class IdleWorkersTests
{
    readonly IdleWorkers _idle = new();

    [Fact]
    public async Task Enqueue_WakesAWorkerOfItsProcess_WithoutWaitingForRedis()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await store.BeatAsync("w");
        // So that Redis knows the scripts.
        await store.RunAsync("w", RedisStoreTest.Job());
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = store.SubscribeToWakeUps(_ => woken.TrySetResult());
        Assert.Empty(await store.ClaimAsync("w"));
        await server.CommandAsync("CLIENT", "PAUSE", "60000", "WRITE");

        var enqueued = store.EnqueueAsync(RedisStoreTest.Job());
        var claimed = ClaimWhenWokenAsync();

        await woken.Task.WaitAsync(Eventually.Deadline, TestContext.Current.CancellationToken);
        Assert.False(enqueued.IsCompleted);
        await server.CommandAsync("CLIENT", "UNPAUSE");
        Assert.Equal(Assert.Single(await enqueued).Id, Assert.Single(await claimed).Envelope.Id);

        async Task<IReadOnlyList<ClaimedJob>> ClaimWhenWokenAsync()
        {
            await woken.Task;
            return await store.ClaimAsync("w");
        }
    }

    [Fact]
    public async Task WorkerThatWasTakenForDead_WaitsForNothing()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await RedisStores.OpenAsync(server, "lp");
        var woken = false;
        using var subscription = store.SubscribeToWakeUps(why => woken |= why == WakeUp.Work);

        Assert.False((await store.ClaimAsync(new ClaimRequest("unknown", [RedisStoreTest.Lane], 1), CancellationToken.None)).WorkerIsKnown);
        await store.EnqueueAsync(RedisStoreTest.Job());

        Assert.False(woken);
    }

    [Fact]
    public void WaitFor_AJobOfALaneWhereNothingWasFound() => Assert.True(Idle("default").WaitFor([Job("other"), Job("default")]));

    [Fact]
    public void WaitFor_NotAJobOfAnotherQueue() => Assert.False(Idle("default").WaitFor([Job("other")]));

    [Fact]
    public void WaitFor_NotAJobThatIsDueLater() => Assert.False(Idle("default").WaitFor([RedisStoreTest.Job(dueIn: TimeSpan.FromHours(1))]));

    [Fact]
    public void WaitFor_NotWhileAClaimIsUnderWay_ThoughRedisMayHoldTheWorkerForIdle()
    {
        Idle("default").Ask("w");

        Assert.False(_idle.WaitFor([Job("default")]));
        Assert.True(_idle.MayHold("w"));
    }

    [Fact]
    public void WaitFor_NotOnceAClaimBroughtJobs()
    {
        Idle("default").Remove("w");

        Assert.False(_idle.WaitFor([Job("default")]));
        Assert.False(_idle.MayHold("w"));
    }

    IdleWorkers Idle(string queue)
    {
        _idle.Add("w", [new Lane(queue, JobPriority.High), new Lane(queue, JobPriority.Normal)]);
        return _idle;
    }

    static JobEnvelope Job(string queue) => RedisStoreTest.Job() with { Queue = queue };
}
