using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using LibraryPortal.Tests.Support;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>A flow whose jobs are in place and that is not accepted yet is not there, for nobody.</summary>
public sealed class RedisFlowMakingTests(SharedRedisServer shared) : IAsyncLifetime
{
    const string Maker = "a1", Other = "b2";

    readonly string _prefix = SharedRedisServer.NewPrefix();
    RedisServer _server = null!;
    RedisJobStore _store = null!;
    RedisScripts _scripts = null!;
    ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        _store = await RedisStores.OpenAsync(_server, _prefix);
        _scripts = new RedisScripts(new RedisKeys(_prefix), new RedisStoreOptions());
        _connection = await ConnectionMultiplexer.ConnectAsync(_server.Address);
        await _store.BeatAsync("w");
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task ItsKeysAndIds_AreGivenToWhoeverIsAcceptedFirst()
    {
        var dead = await _store.RunAsync("w", RedisStoreTest.Job(unique: "of the dead"));
        await _store.FinishAsync("w", [dead], OutcomeKind.Failed);
        var plan = FlowPlans.Plan(Flow.Group(
            FlowPlans.Job("key", options => options.Unique("key")), FlowPlans.Job("id", options => options.Unique("id")), FlowPlans.Job("replay", options => options.Unique("of the dead"))));
        await RedisRaw.HalfMakeAsync(_server, _prefix, plan, Maker);
        var byKey = RedisStoreTest.Job(unique: "key");
        var byId = RedisStoreTest.Job() with { Id = plan.IdOf("id") };

        Assert.All(await _store.EnqueueAsync(byKey, byId), receipt => Assert.True(receipt.IsNew));
        Assert.Equal(RetryReply.Queued, await _store.RetryAsync(dead.Envelope.Id, CancellationToken.None));

        Assert.Equal("G", await StartAsync(plan, Maker));
        Assert.Equal(new FlowReceipt(FlowAcceptance.Refused, byKey.Id), await AcceptOnceSilentAsync(plan));
        Assert.Equal(0, (await _store.CountAsync())[JobState.Waiting]);
        Assert.Equal([byId.Id, byKey.Id, dead.Envelope.Id], (await _store.ClaimAsync("w")).Select(job => job.Envelope.Id));
        Assert.False(Assert.Single(await _store.EnqueueAsync(RedisStoreTest.Job(unique: "key"))).IsNew);
        Assert.True(Assert.Single(await _store.EnqueueAsync(RedisStoreTest.Job(unique: "id"))).IsNew);
    }

    [Fact]
    public async Task ItsJobs_CannotBeFoundOrCancelled_AndAllRunOnceItIsAccepted()
    {
        var plan = FlowPlans.Plan(Flow.Chain(FlowPlans.Job("first"), FlowPlans.Job("last")));
        await RedisRaw.HalfMakeAsync(_server, _prefix, plan, Maker);

        Assert.Equal(CancelReply.Unknown, await _store.CancelAsync(plan.IdOf("first"), CancellationToken.None));
        Assert.Null(await _store.FindAsync(plan.IdOf("last"), CancellationToken.None));

        Assert.Equal("O", await StartAsync(plan, Maker));
        while (await _store.ClaimAsync("w") is { Count: > 0 } jobs)
            await _store.FinishAsync("w", jobs);
        Assert.Equal((FlowState.Succeeded, 2), ((await _store.FindFlowAsync(plan.Id, CancellationToken.None))!.State, (await _store.FindFlowAsync(plan.Id, CancellationToken.None))!.Succeeded));
    }

    [Fact]
    public async Task TwoWhoMakeTheSameFlow_DoNotMixTheirJobs()
    {
        var plan = FlowPlans.Plan(FlowPlans.Group(2));
        var again = FlowPlans.Plan(FlowPlans.Group(2), options => options.Id(plan.Id));
        await PlanAsync(plan, Maker);
        await SilenceAsync(plan);
        Assert.Equal("H" + Maker, await PlanAsync(again, Other));
        await DropAsync(again, Maker);
        Assert.Equal("O", await PlanAsync(again, Other));

        // The first one was only slow.
        Assert.Equal("G", await StageAsync(plan, Maker));
        Assert.Equal("G", await StartAsync(plan, Maker));
        await DropAsync(plan, Maker);

        // Once more, as after a reply that was lost.
        Assert.Equal(("O", "O"), (await StageAsync(again, Other), await StageAsync(again, Other)));
        Assert.Equal("O", await StartAsync(again, Other));
        Assert.Equal(FlowAcceptance.Existing, (await _store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);
        Assert.Equal(again.Jobs.Select(job => job.Id), (await _store.ClaimAsync("w")).Select(job => job.Envelope.Id));
        Assert.Equal(0, (await _store.CountAsync())[JobState.Waiting]);
    }

    [Fact]
    public async Task WhoeverMeetsAMakerAtWork_Waits_AndFindsWhatItMade()
    {
        FlowPlan plan = null!, again = null!, rival = null!;
        await Eventually.HoldsAsync("they are told to wait, within a second of the maker's last word", async () =>
        {
            var key = $"{Guid.NewGuid()}";
            plan = FlowPlans.Plan(FlowPlans.Job("one", options => options.Unique(key)));
            again = FlowPlans.Plan(FlowPlans.Group(2), options => options.Id(plan.Id));
            rival = FlowPlans.Plan(FlowPlans.Job("rival", options => options.Unique(key)));
            await PlanAsync(rival, Other);
            await PlanAsync(plan, Maker);
            await StageAsync(plan, Maker);
            return (await PlanAsync(again, Other), await StageAsync(rival, Other)) == ("W", "W");
        });
        await DropAsync(rival, Other);

        Assert.Equal("O", await StartAsync(plan, Maker));

        Assert.Equal(FlowAcceptance.Existing, (await _store.AcceptFlowAsync(again, CancellationToken.None)).Acceptance);
        Assert.Equal(new FlowReceipt(FlowAcceptance.Refused, plan.Jobs[0].Id), await _store.AcceptFlowAsync(rival, CancellationToken.None));
    }

    [Fact]
    public async Task AFlowWhoseMakerFellSilent_IsInNobodysWay()
    {
        var plan = FlowPlans.Plan(FlowPlans.Job("one", options => options.Unique("key")));
        await RedisRaw.HalfMakeAsync(_server, _prefix, plan, Maker);
        await SilenceAsync(plan);
        var rival = FlowPlans.Plan(FlowPlans.Job("rival", options => options.Unique("key")));

        Assert.Equal(FlowAcceptance.Accepted, (await _store.AcceptFlowAsync(rival, CancellationToken.None)).Acceptance);

        Assert.Equal("G", await StartAsync(plan, Maker));
        Assert.Equal(rival.Jobs[0].Id, Assert.Single(await _store.ClaimAsync("w")).Envelope.Id);
    }

    async Task<FlowReceipt> AcceptOnceSilentAsync(FlowPlan plan)
    {
        await SilenceAsync(plan);
        return await _store.AcceptFlowAsync(plan, CancellationToken.None);
    }

    // As if its maker had not been heard of for long, which no test waits for.
    Task<string> SilenceAsync(FlowPlan plan) => _server.CommandAsync("ZADD", $"{{{_prefix}}}:flowstaged", "1", plan.Id.ToString());

    Task<string> PlanAsync(FlowPlan plan, string attempt) => RunAsync(_scripts.FlowPlan, Assert.Single(FlowCalls.PlanArguments(plan, attempt)));

    Task<string> StageAsync(FlowPlan plan, string attempt) => RunAsync(_scripts.FlowStage, Assert.Single(FlowCalls.StageArguments(plan, attempt)));

    Task<string> StartAsync(FlowPlan plan, string attempt) => RunAsync(_scripts.FlowStart, FlowCalls.StartArguments(plan, attempt));

    Task<string> DropAsync(FlowPlan plan, string attempt) => RunAsync(_scripts.FlowDrop, [plan.Id.ToString(), attempt]);

    async Task<string> RunAsync(RedisScript script, RedisValue[] arguments) => (string)(await script.RunAsync(_connection.GetDatabase(), arguments))!;
}
