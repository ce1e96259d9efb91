using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>How much the store keeps of what ended.</summary>
public sealed class RedisCapsTests(SharedRedisServer shared) : RedisStoreTests(shared)
{
    [Fact]
    public async Task Succeeded_BeyondTheCap_AreForgottenOldestFirst()
    {
        await using var store = await OpenAsync(new RedisStoreOptions { KeepSucceeded = 300 });
        List<JobId> ids = [];
        for (var batch = 0; batch < 4; batch++)
        {
            await store.EnqueueAsync(RedisStoreTest.Jobs(100));
            var jobs = await store.ClaimAsync("w");
            await store.FinishAsync("w", jobs);
            ids.AddRange(jobs.Select(job => job.Envelope.Id));
        }

        Assert.Equal(300, (await store.CountAsync())[JobState.Succeeded]);
        Assert.Equal(300, (await Server.KeysAsync(Key("job:*"))).Count);
        Assert.Null(await store.StateAsync(ids[0]));
        Assert.Equal(JobState.Succeeded, await store.StateAsync(ids[100]));
        var page = await store.ListAsync(new JobQuery(JobState.Succeeded, Offset: 150, Count: 200), CancellationToken.None);
        Assert.Equal(ids.AsEnumerable().Reverse().Skip(150).Take(150), page.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task Succeeded_FarBeyondTheCap_OnceTheyAreTold_AreForgottenOverCalls()
    {
        await using var store = await OpenAsync(new RedisStoreOptions { KeepSucceeded = 256 });
        for (var batch = 0; batch < 4; batch++)
        {
            await store.EnqueueAsync([.. RedisStoreTest.Jobs(256).Select(job => job with { KeepsHistory = true })]);
            await store.FinishAsync("w", await store.ClaimAsync("w"));
        }

        Assert.Equal(4 * 256, (await store.CountAsync())[JobState.Succeeded]);
        while (await store.ReadEndedAsync("reader", 256, CancellationToken.None) is { Receipts.Count: > 0 } ended)
            await store.AcknowledgeEndedAsync(ended.Receipts, TimeSpan.FromHours(1), CancellationToken.None);

        // Twice what one call can add.
        Assert.Equal((4 * 256) + 1 - 512, await CountAfterOneMoreAsync());
        Assert.InRange(await CountAfterOneMoreAsync(), 1, 256);

        async Task<long> CountAfterOneMoreAsync()
        {
            await store.FinishAsync("w", [await store.RunAsync("w", RedisStoreTest.Job())]);
            return (await store.CountAsync())[JobState.Succeeded];
        }
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    public async Task BeyondTheCap_WhatIsNotTold_Stays_HoweverLongItsCallTook(OutcomeKind kind)
    {
        // A millisecond passes between the end and its entry.
        const string Later = """
            local entry = redis.call('XRANGE', KEYS[1], '-', '+')[1]
            redis.call('XDEL', KEYS[1], entry[1])
            return redis.call('XADD', KEYS[1], string.match(entry[1], '^%d+') + 1 .. '-0', unpack(entry[2]))
            """;
        await using var store = await OpenAsync(new RedisStoreOptions { KeepSucceeded = 1, KeepDead = 1 });
        var first = await store.RunAsync("w", RedisStoreTest.Job() with { KeepsHistory = true });
        await store.FinishAsync("w", [first], kind);
        await Server.CommandAsync("EVAL", Later, "1", Key("outcomes"));

        await store.FinishAsync("w", [await store.RunAsync("w", RedisStoreTest.Job() with { KeepsHistory = true })], kind);

        Assert.NotNull(await store.StateAsync(first.Envelope.Id));
        Assert.Equal(2, (await store.ReadEndedAsync("reader", 10, CancellationToken.None))!.Jobs.Count);
    }

    [Fact]
    public async Task EndedFlows_BeyondTheCap_AreForgottenOldestFirst()
    {
        await using var store = await OpenAsync(new RedisStoreOptions { KeepFlows = 1 });
        var plans = Enumerable.Range(0, 3).Select(_ => FlowPlans.Plan(Flow.Group<string>())).ToList();
        foreach (var plan in plans)
            await store.AcceptFlowAsync(plan, CancellationToken.None);
        foreach (var (plan, ended) in plans.Zip(["1", "2", "3"]))
            await Server.CommandAsync("ZADD", Key("flows:ended"), ended, plan.Id.ToString());

        await store.PruneAsync(100, CancellationToken.None);

        Assert.Equal(plans[2].Id, Assert.Single((await store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None)).Flows).Id);
        Assert.Equal([Key("flow:" + plans[2].Id), Key("flowplan:" + plans[2].Id)], (await Server.KeysAsync(Key("flow*:" + "*"))).Where(key => !key.Contains("flows:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OutcomesNobodyComesFor_AreForgottenOldestFirst()
    {
        await using var store = await OpenAsync(new RedisStoreOptions { KeepSucceeded = 1, KeepDead = 1 });
        var job = await store.RunAsync("w", RedisStoreTest.Job() with { KeepsHistory = true });
        for (var turn = 0; turn < 12; turn++)
        {
            await store.FinishAsync("w", [job], OutcomeKind.Failed);
            await store.RetryAsync(job.Envelope.Id, CancellationToken.None);
            job = Assert.Single(await store.ClaimAsync("w"));
        }

        await store.PruneAsync(100, CancellationToken.None);

        // Four times what is kept of either kind.
        Assert.Equal(8, (await store.ReadEndedAsync("reader", 100, CancellationToken.None))!.Receipts.Count);
    }

    [Fact]
    public async Task Failed_BeyondTheCap_AreForgottenOldestFirst()
    {
        await using var store = await OpenAsync(new RedisStoreOptions { KeepDead = 2 });
        List<JobId> ids = [];
        for (var i = 0; i < 3; i++)
        {
            var job = await store.RunAsync("w", RedisStoreTest.Job());
            ids.Add(job.Envelope.Id);
            await store.FinishAsync("w", [job], OutcomeKind.Failed);
            var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await Eventually.HoldsAsync("the clock moves on", () => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > before);
        }

        Assert.Equal(2, (await store.CountAsync())[JobState.Failed]);
        Assert.Null(await store.StateAsync(ids[0]));
        Assert.Equal([ids[2], ids[1]], (await store.ListAsync(new JobQuery(JobState.Failed), CancellationToken.None)).Jobs.Select(job => job.Id));
    }
}
