using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>What the embedded store leaves in its file: little, and nothing for good.</summary>
public sealed class SqliteRowsInUseTests : IAsyncLifetime
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new();
    SqliteJobStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = new SqliteJobStore(_folder.File("jobs.db"), _clock, NullLogger<SqliteJobStore>.Instance, caps: new EndedCaps(Succeeded: 30, Dead: 2, Flows: 100));
        await _store.BeatAsync("w");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AllIsGone_WhenTimeIsOverAndWorkersLeave()
    {
        var jobs = await RunAsync(Enumerable.Range(0, 40).Select(_ => RedisStoreTest.Job(unique: $"{Guid.NewGuid()}")));
        await _store.WriteLogAsync("w", jobs[0].Envelope.Id, jobs[0].Stamp, "a line", CancellationToken.None);
        await _store.FinishAsync("w", jobs.Take(20));
        await _store.FinishAsync("w", jobs.Skip(20).Take(10), OutcomeKind.Failed);
        await _store.FinishAsync("w", jobs.Skip(30), OutcomeKind.Cancelled);
        var plan = FlowPlans.Plan(Flow.Chain(FlowPlans.Group(20), FlowPlans.Job("last")));
        await _store.AcceptFlowAsync(plan, CancellationToken.None);
        while (await _store.ClaimAsync("w") is { Count: > 0 } steps)
            await _store.FinishAsync("w", steps);

        _clock.Advance(TimeSpan.FromDays(1));
        await PruneAsync();
        await _store.LeaveAsync("w", CancellationToken.None);

        // Names of queues are few and stay.
        Assert.Equal(["meta", "queue"], await SqliteRaw.TablesInUseAsync(_folder.File("jobs.db")));
    }

    [Fact]
    public async Task OwnQueue_LeavesNotEvenItsName()
    {
        const string own = "@0123abcd";
        await _store.BeatAsync(new WorkerBeat("owner", "host", 1, "1.0", 4, 1, [own], ["test.one"], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);
        await _store.EnqueueAsync([RedisStoreTest.Job() with { Queue = own, Priority = JobPriority.Critical }], CancellationToken.None);
        Assert.Contains(own, await QueueNamesAsync());

        await _store.LeaveAsync("owner", CancellationToken.None);

        Assert.DoesNotContain(own, await QueueNamesAsync());
    }

    [Fact]
    public async Task StartsOfALimit_AreForgotten_ButNotWhileARuleThatComesBackMayCountThem()
    {
        var rule = new LimitRule(Starts: 1, Per: TimeSpan.FromHours(1));
        await _store.SetLimitAsync("mail", rule, CancellationToken.None);
        await _store.FinishAsync("w", await RunAsync([RedisStoreTest.Job() with { Limits = ["mail"] }]));

        await _store.SetLimitAsync("mail", null, CancellationToken.None);
        await PruneAsync();
        await _store.SetLimitAsync("mail", rule, CancellationToken.None);

        Assert.Empty(await RunAsync([RedisStoreTest.Job() with { Limits = ["mail"] }]));
        _clock.Advance(TimeSpan.FromHours(1));
        await _store.FinishAsync("w", await _store.ClaimAsync("w"));
        _clock.Advance(TimeSpan.FromHours(1));
        await PruneAsync();
        Assert.DoesNotContain("gate_start", await SqliteRaw.TablesInUseAsync(_folder.File("jobs.db")));
    }

    [Fact]
    public async Task StartsOfALimit_StayWhileTheDeclaredRuleBehindAnOperatorsMayCountThem_AndAtMostForTheLongestPeriod()
    {
        var declaring = new WorkerBeat("declaring", "host", 1, "1.0", 4, 1, [], [], DateTimeOffset.UnixEpoch, IsFirst: true)
        {
            Limits = new Dictionary<string, LimitRule> { ["mail"] = new(Starts: 1, Per: TimeSpan.FromHours(1)) },
        };
        await _store.BeatAsync(declaring, CancellationToken.None);
        await _store.FinishAsync("w", await RunAsync([RedisStoreTest.Job() with { Limits = ["mail"] }]));

        await _store.SetLimitAsync("mail", new LimitRule(Starts: 5, Per: TimeSpan.FromSeconds(1)), CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await PruneAsync();
        await _store.SetLimitAsync("mail", null, CancellationToken.None);

        Assert.Empty(await RunAsync([RedisStoreTest.Job() with { Limits = ["mail"] }]));
        await _store.LeaveAsync("declaring", CancellationToken.None);
        _clock.Advance(LimitRule.LongestPeriod);
        await PruneAsync();
        Assert.DoesNotContain("gate_start", await SqliteRaw.TablesInUseAsync(_folder.File("jobs.db")));
    }

    [Fact]
    public async Task Succeeded_BeyondTheCap_AreForgottenOldestFirst()
    {
        var jobs = await RunAsync(RedisStoreTest.Jobs(50));
        foreach (var job in jobs)
            await FinishAsync(job);

        Assert.Equal(15, await _store.PruneAsync(15, CancellationToken.None));
        Assert.Equal(5, await _store.PruneAsync(15, CancellationToken.None));
        Assert.Equal(0, await _store.PruneAsync(15, CancellationToken.None));

        Assert.Equal(Ids(jobs.Skip(20)), await ListAsync(JobState.Succeeded));
    }

    [Theory]
    [InlineData(OutcomeKind.Failed, JobState.Failed)]
    [InlineData(OutcomeKind.Cancelled, JobState.Cancelled)]
    public async Task Dead_BeyondTheCap_AreForgottenOldestFirst(OutcomeKind kind, JobState state)
    {
        var jobs = await RunAsync(RedisStoreTest.Jobs(5));
        foreach (var job in jobs)
            await FinishAsync(job, kind);

        await PruneAsync();

        Assert.Equal(Ids(jobs.Skip(3)), await ListAsync(state));
    }

    [Fact]
    public async Task BeyondTheCap_WhatIsNotInTheHistoryYet_StaysUntilThereIsFourTimesAsMuch()
    {
        var jobs = await RunAsync(RedisStoreTest.Jobs(10).Select(job => job with { KeepsHistory = true }));
        foreach (var job in jobs)
            await FinishAsync(job, OutcomeKind.Failed);

        await PruneAsync();
        Assert.Equal(Ids(jobs.Skip(2)), await ListAsync(JobState.Failed));
        var batch = await _store.ReadEndedAsync("reader", 4, CancellationToken.None);
        await _store.AcknowledgeEndedAsync(batch!.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        await PruneAsync();

        Assert.Equal(Ids(jobs.Skip(6)), await ListAsync(JobState.Failed));
    }

    [Fact]
    public async Task BeyondTheCap_AJobReplayedMeanwhile_AndJobsOfAFlow_Stay()
    {
        var plan = FlowPlans.Plan(FlowPlans.Group(4), options => options.OnFailure(FlowFailure.GoOn));
        await _store.AcceptFlowAsync(plan, CancellationToken.None);
        await _store.FinishAsync("w", await _store.ClaimAsync("w"), OutcomeKind.Failed);
        var jobs = await RunAsync(RedisStoreTest.Jobs(4));
        foreach (var job in jobs)
            await FinishAsync(job, OutcomeKind.Cancelled);

        // Both that are too many are found by the first call, which forgets one.
        Assert.Equal(1, await _store.PruneAsync(1, CancellationToken.None));
        await _store.RetryAsync(jobs[1].Envelope.Id, CancellationToken.None);
        await PruneAsync();

        Assert.Equal(JobState.Queued, await _store.StateAsync(jobs[1].Envelope.Id));
        Assert.Equal(Ids(jobs.Skip(2)), await ListAsync(JobState.Cancelled));
        Assert.Equal(4, (await _store.CountAsync())[JobState.Failed]);
    }

    static IEnumerable<JobId> Ids(IEnumerable<ClaimedJob> jobs) => jobs.Select(job => job.Envelope.Id);

    async Task<IReadOnlyList<ClaimedJob>> RunAsync(IEnumerable<JobEnvelope> jobs)
    {
        await _store.EnqueueAsync([.. jobs], CancellationToken.None);
        return await _store.ClaimAsync("w");
    }

    // Each at a moment of its own.
    async Task FinishAsync(ClaimedJob job, OutcomeKind kind = OutcomeKind.Succeeded)
    {
        _clock.Advance(Tick);
        await _store.FinishAsync("w", [job], kind);
    }

    async Task PruneAsync()
    {
        while (await _store.PruneAsync(500, CancellationToken.None) > 0)
        {
        }
    }

    // Oldest first.
    async Task<IEnumerable<JobId>> ListAsync(JobState state) =>
        (await _store.ListAsync(new JobQuery(state), CancellationToken.None)).Jobs.Select(job => job.Envelope.Id).Reverse();

    Task<IReadOnlyList<string>> QueueNamesAsync() => SqliteRaw.QueueNamesAsync(_folder.File("jobs.db"));
}
