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

/// <summary>What the store leaves in Redis: little, in one slot, and nothing for good.</summary>
public sealed class RedisKeysInUseTests(SharedRedisServer shared) : IAsyncLifetime
{
    readonly string _prefix = SharedRedisServer.NewPrefix();
    RedisServer _server = null!;
    RedisJobStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        _store = Open();
        await _store.BeatAsync("w");
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Success_LeavesOnlyTheRecord()
    {
        var job = await _store.RunAsync("w", RedisStoreTest.Job());
        Assert.Equal([Key($"job:{job.Envelope.Id}")], await _server.KeysAsync($"*{job.Envelope.Id}*"));

        await _store.FinishAsync("w", [job]);

        Assert.Equal([Key($"job:{job.Envelope.Id}")], await _server.KeysAsync($"*{job.Envelope.Id}*"));
        Assert.Equal(":1", (await _server.CommandAsync("EXISTS", Key("done"))).Trim());
        Assert.Equal(":1", (await _server.CommandAsync("HLEN", Key("worker:w"))).Trim());
    }

    [Fact]
    public async Task OwnQueue_LeavesNothing()
    {
        const string own = "@0123abcd";
        await _store.BeatAsync(new WorkerBeat("owner", "host", 1, "1.0", 4, 1, [own], ["test.one"], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);
        var job = RedisStoreTest.Job() with { Queue = own, Priority = JobPriority.Critical };
        var claim = new ClaimRequest("owner", [new Lane(own, JobPriority.Critical)], 10);
        await _store.EnqueueAsync([job], CancellationToken.None);
        Assert.Single((await _store.ClaimAsync(claim, CancellationToken.None)).Jobs);
        Assert.Empty((await _store.ClaimAsync(claim, CancellationToken.None)).Jobs);
        Assert.NotEmpty(await _server.KeysAsync(Key("idle:@*")));
        await _store.EnqueueAsync([job with { Id = JobId.New() }], CancellationToken.None);

        await _store.LeaveAsync("owner", CancellationToken.None);

        Assert.Empty(await _server.KeysAsync(Key("*@*")));
        Assert.Empty(await _server.KeysAsync(Key("*owner*")));
    }

    [Fact]
    public async Task SuccessAfterTroubles_LeavesOnlyTheRecord()
    {
        var job = await _store.RunAsync("w", RedisStoreTest.Job(unique: "k"));
        await _store.ReportProgressAsync("w", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, "half"))], CancellationToken.None);
        await _store.FinishAsync("w", [job], OutcomeKind.Retry);
        job = Assert.Single(await _store.ClaimAsync("w"));
        await _store.FinishAsync("w", [job], OutcomeKind.Parked);
        await _store.BeatAsync("w", isFirst: false, "test.one");
        job = Assert.Single(await _store.ClaimAsync("w"));
        await _store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        await _store.FinishAsync("w", [job]);
        await _store.BeatAsync("w", isFirst: false);

        Assert.Equal([Key($"job:{job.Envelope.Id}")], await _server.KeysAsync($"*{job.Envelope.Id}*"));
        Assert.Empty(await _server.KeysAsync(Key("unique:*")));
        Assert.Empty(await _server.KeysAsync(Key("parked*")));
        Assert.Empty(await _server.KeysAsync(Key("commands:*")));
    }

    [Fact]
    public async Task CancelThatCameTooLate_LeavesOnlyTheRecord_WhichSaysSo()
    {
        var job = await _store.RunAsync("w", RedisStoreTest.Job());
        await _store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        Assert.Equal([true], await _store.FinishAsync("w", [job]));

        Assert.Equal([Key($"job:{job.Envelope.Id}")], await _server.KeysAsync($"*{job.Envelope.Id}*"));
        Assert.Equal(JobState.Succeeded, await _store.StateAsync(job.Envelope.Id));
    }

    [Fact]
    public async Task AllIsGone_WhenTimeIsOverAndWorkersLeave()
    {
        var ttl = TimeSpan.FromSeconds(1);
        for (var batch = 0; batch < 4; batch++)
        {
            await _store.EnqueueAsync(RedisStoreTest.Jobs(256, ttl));
            var jobs = await _store.ClaimAsync("w");
            Assert.Equal(256, jobs.Count);
            await _store.FinishAsync("w", jobs.Take(200));
            await _store.FinishAsync("w", jobs.Skip(200).Take(50), OutcomeKind.Failed);
            await _store.FinishAsync("w", jobs.Skip(250), OutcomeKind.Cancelled);
        }

        Assert.Equal(1_024, (await _server.KeysAsync(Key("job:*"))).Count);
        await Eventually.HoldsAsync("the records are forgotten", async () =>
        {
            await _store.PruneAsync(500, CancellationToken.None);
            return (await _server.KeysAsync(Key("job:*"))).Count == 0;
        });
        await _store.LeaveAsync("w", CancellationToken.None);
        await _store.PruneAsync(500, CancellationToken.None);

        Assert.Equal([Key("meta")], await _server.KeysAsync(Key("*")));
        var counts = await _store.CountAsync();
        Assert.All(counts.ByState, count => Assert.Equal(0, count.Value));
    }

    [Fact]
    public async Task NothingOfAFlowIsLeft_WhenItsTimeIsOver()
    {
        var ttl = TimeSpan.FromSeconds(1);
        var plan = FlowPlans.Plan(Flow.Chain(FlowPlans.Group(300, options => options.ResultTtl(ttl)), FlowPlans.Job("last", options => options.ResultTtl(ttl))));
        Assert.Equal(FlowAcceptance.Accepted, (await _store.AcceptFlowAsync(plan, CancellationToken.None)).Acceptance);
        while (await _store.ClaimAsync("w") is { Count: > 0 } jobs)
            await _store.FinishAsync("w", jobs);
        Assert.Equal(FlowState.Succeeded, (await _store.FindFlowAsync(plan.Id, CancellationToken.None))!.State);

        await Eventually.HoldsAsync("the flow and its jobs are forgotten", async () =>
        {
            await _store.PruneAsync(500, CancellationToken.None);
            return (await _server.KeysAsync(Key("job:*"))).Count + (await _server.KeysAsync(Key("flow*"))).Count == 0;
        });
        await _store.LeaveAsync("w", CancellationToken.None);
        await _store.PruneAsync(500, CancellationToken.None);

        Assert.Equal([Key("meta")], await _server.KeysAsync(Key("*")));
    }

    [Fact]
    public async Task FlowWhoseMakingBrokeOff_IsTakenBack_AndMayBeStartedAnew()
    {
        var plan = FlowPlans.Plan(FlowPlans.Group(300, options => options.Unique($"{Guid.NewGuid()}")));
        // The caller dies before its last call.
        await RedisRaw.HalfMakeAsync(_server, _prefix, plan);
        Assert.Equal(300, (await _store.CountAsync())[JobState.Waiting]);
        Assert.Empty(await _store.ClaimAsync("w"));
        Assert.Null(await _store.FindFlowAsync(plan.Id, CancellationToken.None));

        // Ten minutes later, which no test waits for.
        await _server.CommandAsync("ZADD", Key("flowstaged"), "1", plan.Id.ToString());
        await _store.PruneAsync(10, CancellationToken.None);
        await _store.PruneAsync(10, CancellationToken.None);

        Assert.Empty(await _server.KeysAsync(Key("flow*")));
        Assert.Empty(await _server.KeysAsync(Key("job:*")));
        Assert.Empty(await _server.KeysAsync(Key("unique:*")));
        Assert.Equal(0, (await _store.CountAsync())[JobState.Waiting]);

        // Started anew under the same id, over what another attempt left half-made.
        await RedisRaw.HalfMakeAsync(_server, _prefix, plan);
        var again = FlowPlans.Plan(FlowPlans.Group(2), options => options.Id(plan.Id));
        Assert.Equal(FlowAcceptance.Accepted, (await _store.AcceptFlowAsync(again, CancellationToken.None)).Acceptance);
        Assert.Equal(again.Jobs.Select(job => job.Id), (await _store.ClaimAsync("w")).Select(job => job.Envelope.Id));
        Assert.Equal(0, (await _store.CountAsync())[JobState.Waiting]);
    }

    [Fact]
    public async Task StepsOfAFlowThatACallerLeft_AreGoneOnWithByAnyWorker()
    {
        var plan = FlowPlans.Plan(Flow.Chain(FlowPlans.Job("first"), FlowPlans.Group(600)));
        await _store.AcceptFlowAsync(plan, CancellationToken.None);
        var first = Assert.Single(await _store.ClaimAsync("w"));
        // The caller dies after one call.
        var call = new FinishCall(new RedisKeys(_prefix), "w", [new JobOutcome(first, OutcomeKind.Succeeded)], TimeProvider.System.GetUtcNow());
        Assert.True(FinishCall.LeftSteps(await RedisRaw.RunAsync(_server, new RedisScripts(new RedisKeys(_prefix), new RedisStoreOptions()).Finish, call.Arguments)));
        Assert.Equal((344, 256), ((await _store.CountAsync())[JobState.Waiting], (await _store.CountAsync())[JobState.Queued]));

        await Eventually.HoldsAsync("a worker's look for the dead goes on with it", async () =>
        {
            await _store.ReapAsync(TimeSpan.FromMinutes(1), 3, CancellationToken.None);
            return (await _store.CountAsync())[JobState.Waiting] == 0;
        });

        Assert.Equal(600, (await _store.CountAsync())[JobState.Queued]);
    }

    [Fact]
    public async Task PageOfLargeJobs_ComesInCallsOfABoundedSize()
    {
        var large = JsonSerializer.SerializeToElement(new { key = new string('x', 200_000) });
        var plan = FlowPlans.Plan(FlowPlans.Group(20));
        plan = plan with { Jobs = [.. plan.Jobs.Select(job => job with { Args = large })] };
        await _store.AcceptFlowAsync(plan, CancellationToken.None);
        var scripts = new RedisScripts(new RedisKeys(_prefix), new RedisStoreOptions());
        var list = (RedisResult[])(await RedisRaw.RunAsync(_server, scripts.List, ["W", 0, 20, BatchLimits.Bytes]))!;
        var jobs = (RedisResult[])(await RedisRaw.RunAsync(_server, scripts.FlowJobs, [plan.Id.ToString(), 0, 20, BatchLimits.Bytes]))!;
        Assert.Equal((6, 14), ((int)list[1], (int)jobs[0]));
        Assert.Equal((2 + 6, 1 + 6), (list.Length, jobs.Length));

        var page = await _store.ListAsync(new JobQuery(JobState.Queued, Offset: 3, Count: 200), CancellationToken.None);
        Assert.Equal((20, plan.Jobs.Count - 3), (page.Total, page.Jobs.Count));
        Assert.Equal(plan.Jobs.Skip(3).Select(job => job.Id), page.Jobs.Select(job => job.Id));
        Assert.Equal(Enumerable.Range(3, 15), (await _store.ListFlowJobsAsync(plan.Id, 3, 15, CancellationToken.None)).Select(job => job.Number));
    }

    [Fact]
    public async Task Succeeded_BeyondTheCap_AreForgottenOldestFirst()
    {
        await using var store = Open(new RedisStoreOptions { KeepSucceeded = 300 });
        List<JobId> ids = [];
        for (var batch = 0; batch < 4; batch++)
        {
            await store.EnqueueAsync(RedisStoreTest.Jobs(100));
            var jobs = await store.ClaimAsync("w");
            await store.FinishAsync("w", jobs);
            ids.AddRange(jobs.Select(job => job.Envelope.Id));
        }

        Assert.Equal(300, (await store.CountAsync())[JobState.Succeeded]);
        Assert.Equal(300, (await _server.KeysAsync(Key("job:*"))).Count);
        Assert.Null(await store.StateAsync(ids[0]));
        Assert.Equal(JobState.Succeeded, await store.StateAsync(ids[100]));
        var page = await store.ListAsync(new JobQuery(JobState.Succeeded, Offset: 150, Count: 200), CancellationToken.None);
        Assert.Equal(ids.AsEnumerable().Reverse().Skip(150).Take(150), page.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task EndedFlows_BeyondTheCap_AreForgottenOldestFirst()
    {
        await using var store = Open(new RedisStoreOptions { KeepFlows = 1 });
        var plans = Enumerable.Range(0, 3).Select(_ => FlowPlans.Plan(Flow.Group<string>())).ToList();
        foreach (var plan in plans)
            await store.AcceptFlowAsync(plan, CancellationToken.None);
        foreach (var (plan, ended) in plans.Zip(["1", "2", "3"]))
            await _server.CommandAsync("ZADD", Key("flows:ended"), ended, plan.Id.ToString());

        await store.PruneAsync(100, CancellationToken.None);

        Assert.Equal(plans[2].Id, Assert.Single((await store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None)).Flows).Id);
        Assert.Equal([Key("flow:" + plans[2].Id), Key("flowplan:" + plans[2].Id)], (await _server.KeysAsync(Key("flow*:" + "*"))).Where(key => !key.Contains("flows:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OutcomesNobodyComesFor_AreForgottenOldestFirst()
    {
        await using var store = Open(new RedisStoreOptions { KeepSucceeded = 1, KeepDead = 1 });
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
        await using var store = Open(new RedisStoreOptions { KeepDead = 2 });
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

    [Fact]
    public async Task Cancel_InALongLane_LeavesNothingToRun()
    {
        var jobs = RedisStoreTest.Jobs(10_100);
        await _store.EnqueueAsync(jobs);
        var (first, second) = (jobs[0].Id, jobs[1].Id);

        await _store.CancelAsync(first, CancellationToken.None);
        await _store.CancelAsync(second, CancellationToken.None);
        Assert.Equal(10_098, (await _store.CountAsync())[JobState.Queued]);
        // One comes back while its old place in the lane is still there: it must run once, in its new place.
        Assert.Equal(RetryReply.Queued, await _store.RetryAsync(second, CancellationToken.None));

        List<JobId> claimed = [];
        while (await _store.ClaimAsync("w") is { Count: > 0 } more)
            claimed.AddRange(more.Select(job => job.Envelope.Id));
        Assert.Equal(jobs.Skip(2).Select(job => job.Id).Append(second), claimed);
        Assert.Empty(await _server.KeysAsync(Key("ghosts")));
    }

    [Fact]
    public async Task Prune_TakesGhostsOutOfLanesNobodyServes()
    {
        var jobs = RedisStoreTest.Jobs(10_010);
        await _store.EnqueueAsync(jobs);
        await _store.CancelAsync(jobs[5_000].Id, CancellationToken.None);
        Assert.Equal([Key("ghosts")], await _server.KeysAsync(Key("ghosts")));

        await _store.PruneAsync(100, CancellationToken.None);

        Assert.Empty(await _server.KeysAsync(Key("ghosts")));
        Assert.Equal(":10009", (await _server.CommandAsync("LLEN", Key("ready:default:2"))).Trim());
    }

    [Fact]
    public async Task EnqueueTwice_OfTheSameIdInOneBatch_QueuesItOnce()
    {
        var job = RedisStoreTest.Job();

        var receipts = await _store.EnqueueAsync(job, job);

        Assert.Equal([true, false], receipts.Select(receipt => receipt.IsNew));
        Assert.Single(await _store.ClaimAsync("w"));
    }

    [Fact]
    public async Task OddText_InKeysOwnersAndErrors_ComesBackAsItWas()
    {
        var text = "tab\t line\n per%cent \u007f ü \"quoted\" \\";
        var job = await _store.RunAsync("w", RedisStoreTest.Job(unique: text, owner: text));
        Assert.False(Assert.Single(await _store.EnqueueAsync(RedisStoreTest.Job(unique: text))).IsNew);
        await _store.ReportProgressAsync("w", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, text))], CancellationToken.None);
        await _store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        await _store.FinishAsync("w", [new JobOutcome(job, OutcomeKind.Retry, Error: text)], CancellationToken.None);

        var record = await _store.FindAsync(job.Envelope.Id, CancellationToken.None);
        Assert.NotNull(record);
        Assert.Equal((JobState.Cancelled, text, text, text), (record.State, record.Error, record.Envelope.Owner, record.Progress?.Message));
        Assert.True(Assert.Single(await _store.EnqueueAsync(RedisStoreTest.Job(unique: text))).IsNew);
    }

    [Fact]
    public async Task WakeUp_ForOneJob_GoesToOneIdleWorker()
    {
        await using var other = Open();
        await other.BeatAsync("v");
        var woken = new SemaphoreSlim(0);
        var count = 0;
        using var one = _store.SubscribeToWakeUps(Wake);
        using var two = other.SubscribeToWakeUps(Wake);
        Assert.Empty(await _store.ClaimAsync("w"));
        Assert.Empty(await other.ClaimAsync("v"));

        await _store.EnqueueAsync(RedisStoreTest.Job());
        Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(5)));
        await _store.EnqueueAsync(RedisStoreTest.Job());
        Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(5)));

        // Nobody idles any more. A wake-up would come before the answers to these, on the same connections.
        await _store.EnqueueAsync(RedisStoreTest.Job());
        await _server.CommandAsync("PING");
        Assert.Equal(2, Volatile.Read(ref count));

        void Wake(WakeUp why)
        {
            if (why != WakeUp.Work)
                return;
            Interlocked.Increment(ref count);
            woken.Release();
        }
    }

    RedisJobStore Open(RedisStoreOptions? options = null) => RedisStores.Open(_server, _prefix, options);

    string Key(string name) => $"{{{_prefix}}}:{name}";
}
