using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>A cluster refuses scripts that touch two slots. Every script runs on one in the suites of all stores and of the engine; here it is seen that this cluster would refuse, and that
/// all keys of a job's way lie in one slot.</summary>
public sealed class RedisClusterTests
{
    [Fact]
    public async Task EveryTransition_KeepsToOneSlot()
    {
        await using var server = await SharedRedisCluster.StartAsync();
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await store.BeatAsync("w");

        // Plain, unique, due, and each again.
        JobEnvelope[] jobs = [RedisStoreTest.Job(), RedisStoreTest.Job(unique: "k"), RedisStoreTest.Job(dueIn: TimeSpan.FromMilliseconds(20))];
        await store.EnqueueAsync(jobs);
        Assert.All(await store.EnqueueAsync(jobs), receipt => Assert.False(receipt.IsNew));
        await Eventually.HoldsAsync("the last is due", async () => (await store.CountAsync())[JobState.Running] + (await store.ClaimAsync("w")).Count == 3);

        var owned = (await store.BeatAsync("w", isFirst: false)).Owned.ToDictionary(claim => claim.Id, claim => claim.Stamp);
        var claims = jobs.Select(job => new ClaimedJob(job, owned[job.Id], 1, 0, false)).ToArray();
        await store.ReportProgressAsync("w", [new ProgressReport(jobs[0].Id, claims[0].Stamp, new JobProgress(1, 2, null))], CancellationToken.None);
        Assert.Equal([true], await store.FinishAsync("w", claims[..1]));
        Assert.Equal([true], await store.FinishAsync("w", claims[1..2], OutcomeKind.Failed));
        Assert.Equal(RetryReply.Queued, await store.RetryAsync(jobs[1].Id, CancellationToken.None));
        Assert.Equal([true], await store.FinishAsync("w", claims[2..], OutcomeKind.Parked));
        await store.BeatAsync("w", isFirst: false, "test.one");
        var again = await store.ClaimAsync("w");
        Assert.Equal(2, again.Count);
        await store.CancelAsync(again[0].Envelope.Id, CancellationToken.None);
        Assert.Equal([true], await store.FinishAsync("w", [again[0]], OutcomeKind.Retry));
        await Eventually.HoldsAsync("the worker is given up", async () => (await store.ReapAsync(TimeSpan.FromMilliseconds(50), 3, CancellationToken.None)).Count == 1);
        await store.CancelAsync(again[1].Envelope.Id, CancellationToken.None);
        await store.LeaveAsync("w", CancellationToken.None);
        await store.PruneAsync(10, CancellationToken.None);
        await store.CheckAsync(CancellationToken.None);
        foreach (var state in Enum.GetValues<JobState>())
            await store.ListAsync(new JobQuery(state), CancellationToken.None);
        await store.ListWorkersAsync(CancellationToken.None);

        var counts = await store.CountAsync();
        Assert.Equal((1, 2), (counts[JobState.Succeeded], counts[JobState.Cancelled]));
        // The node must be one that would have refused.
        var refused = await server.CommandAsync("EVAL", "#!lua\nredis.call('SET', KEYS[1], 1) redis.call('SET', 'elsewhere', 1)", "1", "{lp}:here");
        Assert.Contains("same slot", refused, StringComparison.Ordinal);
        await server.CommandAsync("DEL", "{lp}:here");
        var slots = await Task.WhenAll((await server.KeysAsync("*")).Select(key => server.CommandAsync("CLUSTER", "KEYSLOT", key)));
        Assert.Single(slots.Distinct());
    }
}
