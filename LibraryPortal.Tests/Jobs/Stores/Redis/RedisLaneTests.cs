using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Lanes as Redis has them: lists of ids, and workers that wait for them.</summary>
public sealed class RedisLaneTests(SharedRedisServer shared) : RedisStoreTests(shared)
{
    [Fact]
    public async Task Cancel_InALongLane_LeavesNothingToRun()
    {
        var jobs = RedisStoreTest.Jobs(10_100);
        await Store.EnqueueAsync(jobs);
        var (first, second) = (jobs[0].Id, jobs[1].Id);

        await Store.CancelAsync(first, CancellationToken.None);
        await Store.CancelAsync(second, CancellationToken.None);
        Assert.Equal(10_098, (await Store.CountAsync())[JobState.Queued]);
        // One comes back while its old place in the lane is still there: it must run once, in its new place.
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(second, CancellationToken.None));

        List<JobId> claimed = [];
        while (await Store.ClaimAsync("w") is { Count: > 0 } more)
            claimed.AddRange(more.Select(job => job.Envelope.Id));
        Assert.Equal(jobs.Skip(2).Select(job => job.Id).Append(second), claimed);
        Assert.Empty(await Server.KeysAsync(Key("ghosts")));
    }

    [Fact]
    public async Task Prune_TakesGhostsOutOfLanesNobodyServes()
    {
        var jobs = RedisStoreTest.Jobs(10_010);
        await Store.EnqueueAsync(jobs);
        await Store.CancelAsync(jobs[5_000].Id, CancellationToken.None);
        Assert.Equal([Key("ghosts")], await Server.KeysAsync(Key("ghosts")));

        await Store.PruneAsync(100, CancellationToken.None);

        Assert.Empty(await Server.KeysAsync(Key("ghosts")));
        Assert.Equal(":10009", (await Server.CommandAsync("LLEN", Key("ready:default:2"))).Trim());
    }

    [Fact]
    public async Task EnqueueTwice_OfTheSameIdInOneBatch_QueuesItOnce()
    {
        var job = RedisStoreTest.Job();

        var receipts = await Store.EnqueueAsync(job, job);

        Assert.Equal([true, false], receipts.Select(receipt => receipt.IsNew));
        Assert.Single(await Store.ClaimAsync("w"));
    }

    [Fact]
    public async Task WakeUp_ForOneJob_GoesToOneIdleWorker()
    {
        await using var other = await OpenAsync();
        await using var caller = await OpenAsync();
        await other.BeatAsync("v");
        var woken = new SemaphoreSlim(0);
        var count = 0;
        using var one = Store.SubscribeToWakeUps(Wake);
        using var two = other.SubscribeToWakeUps(Wake);
        Assert.Empty(await Store.ClaimAsync("w"));
        Assert.Empty(await other.ClaimAsync("v"));

        await caller.EnqueueAsync(RedisStoreTest.Job());
        Assert.True(await woken.WaitAsync(Eventually.Deadline));
        await caller.EnqueueAsync(RedisStoreTest.Job());
        Assert.True(await woken.WaitAsync(Eventually.Deadline));

        // Nobody idles any more. A wake-up would come before the answers to these, on the same connections.
        await caller.EnqueueAsync(RedisStoreTest.Job());
        await Server.CommandAsync("PING");
        Assert.Equal(2, Volatile.Read(ref count));

        void Wake(WakeUp why)
        {
            if (why != WakeUp.Work)
                return;
            Interlocked.Increment(ref count);
            woken.Release();
        }
    }
}
