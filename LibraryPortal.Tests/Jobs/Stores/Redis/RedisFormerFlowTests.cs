using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Flows that go on and that the version before the one that counts early ends has worked on.</summary>
public sealed class RedisFormerFlowTests(SharedRedisServer shared) : IAsyncLifetime
{
    readonly string _prefix = SharedRedisServer.NewPrefix();
    RedisJobStore _store = null!;
    ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await shared.GetAsync();
        _store = await RedisStores.OpenAsync(server, _prefix);
        await _store.BeatAsync("w");
        _connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task CancelledByTheFormerVersion_TakenUp_DoesNotWaitForAStepWhoseUniqueKeyIsTaken()
    {
        var plan = await AcceptAsync(Flow.Chain(Flow.Group(FlowPlans.Job("a", options => options.Unique("key")), FlowPlans.Job("another")), FlowPlans.Job("last")));
        await _store.CancelFlowAsync(plan.Id, CancellationToken.None);
        foreach (var job in plan.Jobs)
            Assert.False(await Database.HashSetAsync(Ended(plan), job.Id.ToString(), "C-"), "it is written anew, in the former form");
        await _store.EnqueueAsync(RedisStoreTest.Job(unique: "key") with { Queue = "other" });

        Assert.Equal(RetryReply.Queued, await _store.RetryFlowAsync(plan.Id, CancellationToken.None));

        await FinishAsync("another");
        await FinishAsync("last");
        Assert.Equal(FlowState.Succeeded, (await _store.FindFlowAsync(plan.Id, CancellationToken.None))?.State);
    }

    [Fact]
    public async Task GatePassedByTheFormerVersion_BehindWhichAJobHadEnded_IsMendedByCancellingTheFlowAndTakingItUp()
    {
        var plan = await StandStillAsync();

        Assert.Equal(CancelReply.Cancelled, await _store.CancelFlowAsync(plan.Id, CancellationToken.None));
        Assert.Equal(RetryReply.Queued, await _store.RetryFlowAsync(plan.Id, CancellationToken.None));

        await FinishAsync("early");
        await FinishAsync("last");
        Assert.Equal(FlowState.Succeeded, (await _store.FindFlowAsync(plan.Id, CancellationToken.None))?.State);
    }

    [Fact]
    public async Task GatePassedByTheFormerVersion_BehindWhichAJobHadEnded_IsMendedByAnyWorkersLookForTheDead()
    {
        var plan = await StandStillAsync();
        // As if somebody had just looked, for 19 seconds from now.
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(9).ToUnixTimeMilliseconds();
        await Database.HashSetAsync($"{{{_prefix}}}:meta", "flows", soon);
        await _store.ReapAsync(TimeSpan.FromMinutes(1), 3, CancellationToken.None);
        Assert.Empty(await _store.ClaimAsync("w"));

        // Ten seconds after the last look, which no test waits for.
        await Database.HashDeleteAsync($"{{{_prefix}}}:meta", "flows");
        await _store.ReapAsync(TimeSpan.FromMinutes(1), 3, CancellationToken.None);

        await FinishAsync("last");
        Assert.Equal(FlowState.Succeeded, (await _store.FindFlowAsync(plan.Id, CancellationToken.None))?.State);
    }

    IDatabase Database => _connection.GetDatabase();

    string Ended(FlowPlan plan) => $"{{{_prefix}}}:flowended:{plan.Id}";

    // A flow whose job 'early' was cancelled before its turn, which came by a version that did not look for such: 'last' waits.
    async Task<FlowPlan> StandStillAsync()
    {
        await _store.ReapAsync(TimeSpan.FromMinutes(1), 3, CancellationToken.None);
        var plan = await AcceptAsync(Flow.Chain(Flow.Group(Flow.Chain(FlowPlans.Job("first"), FlowPlans.Job("early")), FlowPlans.Job("other")), FlowPlans.Job("last")));
        var early = plan.IdOf("early").ToString();
        await _store.CancelAsync(plan.IdOf("early"), CancellationToken.None);
        var claimed = (await _store.ClaimAsync("w")).ToDictionary(job => FlowPlans.KeyOf(job.Envelope));
        // Not looked at when its turn comes: so it was.
        var end = await Database.HashGetAsync(Ended(plan), early);
        await Database.HashDeleteAsync(Ended(plan), early);
        await _store.FinishAsync("w", [claimed["first"]]);
        await Database.HashSetAsync(Ended(plan), early, end);
        await _store.FinishAsync("w", [claimed["other"]]);
        Assert.Empty(await _store.ClaimAsync("w"));
        return plan;
    }

    async Task<FlowPlan> AcceptAsync(Flow flow)
    {
        var plan = FlowPlans.Plan(flow, options => options.OnFailure(FlowFailure.GoOn));
        await _store.AcceptFlowAsync(plan, CancellationToken.None);
        return plan;
    }

    async Task FinishAsync(string key)
    {
        var job = Assert.Single(await _store.ClaimAsync("w"));
        Assert.Equal(key, FlowPlans.KeyOf(job.Envelope));
        await _store.FinishAsync("w", [job]);
    }
}
