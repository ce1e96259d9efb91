using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using LibraryPortal.Tests.Support;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>What the store has of flows: put in place in parts, gone on with by whoever comes, nothing for good.</summary>
public sealed class RedisFlowKeysTests(SharedRedisServer shared) : RedisStoreTests(shared)
{
    [Fact]
    public async Task NothingOfAFlowIsLeft_WhenItsTimeIsOver()
    {
        var clock = await RedisTestClock.StartAsync(Server, Prefix);
        await using var store = clock.Open();
        await RedisStores.ConnectedAsync(store);
        await store.BeatAsync("w");
        var ttl = TimeSpan.FromSeconds(1);
        var plan = FlowPlans.Plan(Flow.Chain(FlowPlans.Group(300, options => options.ResultTtl(ttl)), FlowPlans.Job("last", options => options.ResultTtl(ttl))));
        Assert.Equal(FlowAcceptance.Accepted, (await store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);
        while (await store.ClaimAsync("w") is { Count: > 0 } jobs)
            await store.FinishAsync("w", jobs);
        Assert.Equal(FlowState.Succeeded, (await store.FindFlowAsync(plan.Id, CancellationToken.None))!.State);

        await clock.AdvanceAsync(ttl * 2);
        await Eventually.HoldsAsync("the flow and its jobs are forgotten", async () =>
        {
            await store.PruneAsync(500, CancellationToken.None);
            return (await Server.KeysAsync(Key("job:*"))).Count + (await Server.KeysAsync(Key("flow*"))).Count == 0;
        });
        await store.LeaveAsync("w", CancellationToken.None);
        await store.PruneAsync(500, CancellationToken.None);

        Assert.Equal(["meta"], await RedisRaw.LeftForGoodAsync(Server, Prefix));
    }

    [Fact]
    public async Task FlowWhoseMakingBrokeOff_IsTakenBack_AndMayBeStartedAnew()
    {
        var plan = FlowPlans.Plan(FlowPlans.Group(300, options => options.Unique($"{Guid.NewGuid()}")));
        // The caller dies before its last call.
        await RedisRaw.HalfMakeAsync(Server, Prefix, plan);
        Assert.Equal(300, (await Store.CountAsync())[JobState.Waiting]);
        Assert.Empty(await Store.ClaimAsync("w"));
        Assert.Null(await Store.FindFlowAsync(plan.Id, CancellationToken.None));

        // Ten minutes later, which no test waits for.
        await Server.CommandAsync("ZADD", Key("flowstaged"), "1", plan.Id.ToString());
        await Store.PruneAsync(10, CancellationToken.None);
        await Store.PruneAsync(10, CancellationToken.None);

        Assert.Empty(await Server.KeysAsync(Key("flow*")));
        Assert.Empty(await Server.KeysAsync(Key("job:*")));
        Assert.Empty(await Server.KeysAsync(Key("unique:*")));
        Assert.Equal(0, (await Store.CountAsync())[JobState.Waiting]);

        // Started anew under the same id, over what another attempt left half-made.
        await RedisRaw.HalfMakeAsync(Server, Prefix, plan);
        var again = FlowPlans.Plan(FlowPlans.Group(2), options => options.Id(plan.Id));
        Assert.Equal(FlowAcceptance.Accepted, (await Store.AcceptFlowAsync(again, CancellationToken.None)).Acceptance);
        Assert.Equal(again.Jobs.Select(job => job.Id), (await Store.ClaimAsync("w")).Select(job => job.Envelope.Id));
        Assert.Equal(0, (await Store.CountAsync())[JobState.Waiting]);
    }

    [Fact]
    public async Task StepsOfAFlowThatACallerLeft_AreGoneOnWithByAnyWorker()
    {
        var plan = FlowPlans.Plan(Flow.Chain(FlowPlans.Job("first"), FlowPlans.Group(600)));
        await Store.AcceptFlowAsync(plan, CancellationToken.None);
        var first = Assert.Single(await Store.ClaimAsync("w"));
        // The caller dies after one call.
        var call = new FinishCall(new RedisKeys(Prefix), "w", [new JobOutcome(first, OutcomeKind.Succeeded)], TimeProvider.System.GetUtcNow());
        Assert.True(FinishCall.LeftSteps(await RedisRaw.RunAsync(Server, new RedisScripts(new RedisKeys(Prefix), new RedisStoreOptions()).Finish, call.Arguments)));
        Assert.Equal((344, 256), ((await Store.CountAsync())[JobState.Waiting], (await Store.CountAsync())[JobState.Queued]));

        await Eventually.HoldsAsync("a worker's look for the dead goes on with it", async () =>
        {
            await Store.ReapAsync(TimeSpan.FromMinutes(1), 3, CancellationToken.None);
            return (await Store.CountAsync())[JobState.Waiting] == 0;
        });

        Assert.Equal(600, (await Store.CountAsync())[JobState.Queued]);
    }

    [Fact]
    public async Task PageOfLargeJobs_ComesInCallsOfABoundedSize()
    {
        var large = JsonSerializer.SerializeToElement(new { key = new string('x', 200_000) });
        var plan = FlowPlans.Plan(FlowPlans.Group(20));
        plan = plan with { Jobs = [.. plan.Jobs.Select(job => job with { Args = large })] };
        await Store.AcceptFlowAsync(plan, CancellationToken.None);
        var scripts = new RedisScripts(new RedisKeys(Prefix), new RedisStoreOptions());
        var list = (RedisResult[])(await RedisRaw.RunAsync(Server, scripts.List, ["W", 0, 20, BatchLimits.Bytes]))!;
        var jobs = (RedisResult[])(await RedisRaw.RunAsync(Server, scripts.FlowJobs, [plan.Id.ToString(), 0, 20, BatchLimits.Bytes]))!;
        Assert.Equal((6, 14), ((int)list[1], (int)jobs[0]));
        Assert.Equal((2 + 6, 1 + 6), (list.Length, jobs.Length));

        var page = await Store.ListAsync(new JobQuery(JobState.Queued, Offset: 3, Count: 200), CancellationToken.None);
        Assert.Equal((20, plan.Jobs.Count - 3), (page.Total, page.Jobs.Count));
        Assert.Equal(plan.Jobs.Skip(3).Select(job => job.Id), page.Jobs.Select(job => job.Id));
        Assert.Equal(Enumerable.Range(3, 15), (await Store.ListFlowJobsAsync(plan.Id, 3, 15, CancellationToken.None)).Select(job => job.Number));
    }
}
