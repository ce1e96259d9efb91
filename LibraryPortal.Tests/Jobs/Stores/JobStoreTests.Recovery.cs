using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 8 to 10 and 12 for workers that die, freeze or leave.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Beat_OfAWorkerNobodyKnows_SaysSo()
    {
        Assert.False((await BeatAsync("stranger")).IsKnown);
        Assert.Empty(await Store.ListWorkersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Beat_RepeatedAtTheStart_RegistersOnce()
    {
        await RegisterAsync();
        await RegisterAsync();

        Assert.Single(await Store.ListWorkersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Workers_AreListedAsTheirBeatTold()
    {
        await RegisterAsync("w1", "test.one", "test.two");
        await RunningAsync();

        var worker = Assert.Single(await Store.ListWorkersAsync(CancellationToken.None));

        Assert.Equal(("w1", "host", 42, "1.0", 4, 1, 1_000_000L), (worker.Id, worker.Host, worker.ProcessId, worker.Version, worker.Slots, worker.Running, worker.MemoryBytes));
        Assert.Equal(["default", "other"], worker.Queues);
        Assert.Equal(["test.one", "test.two"], worker.JobNames);
        Assert.True(Now - worker.LastBeatAt < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Reap_OfASilentWorker_PutsItsJobsFirstAndCountsACrash()
    {
        await RegisterAsync("dead");
        await EnqueueManyAsync(Job(number: 1), Job(number: 2));
        var lost = await ClaimAsync("dead");
        var next = await EnqueueAsync(Job(number: 3));
        await AdvanceAsync(Moment);

        var recovered = await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);

        Assert.Equal(Ids(lost).Order(), recovered.Order());
        Assert.Equal((JobState.Queued, 0, 1), ((await FindAsync(lost[0])).State, (await FindAsync(lost[0])).Attempt, (await FindAsync(lost[0])).Crashes));
        Assert.Empty(await Store.ListWorkersAsync(CancellationToken.None));
        await RegisterAsync("alive");
        var again = await ClaimAsync("alive");
        Assert.Equal([.. Ids(lost), next.Id], Ids(again));
        Assert.Equal((1, 1), (again[0].Attempt, again[0].Crashes));
    }

    [Fact]
    public async Task Reap_LeavesWorkersAloneThatBeat()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await AdvanceAsync(Moment);
        await BeatAsync();

        Assert.Empty(await Store.ReapAsync(Moment, quarantineAfter: 3, CancellationToken.None));

        Assert.True(await FinishAsync(job, OutcomeKind.Succeeded));
    }

    [Fact]
    public async Task Reap_ByManyAtOnce_RecoversEachJobOnce()
    {
        await RegisterAsync("dead");
        await EnqueueManyAsync([.. Enumerable.Range(0, 20).Select(number => Job(number: number))]);
        await ClaimAsync("dead", count: 20);
        await AdvanceAsync(Moment);

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.ReapAsync(Moment / 2, 3, CancellationToken.None)));

        Assert.Equal(20, replies.Sum(jobs => jobs.Count));
        await RegisterAsync("alive");
        Assert.All(await ClaimAsync("alive", count: 50), job => Assert.Equal(1, job.Crashes));
    }

    [Fact]
    public async Task ReapedWorker_IsFencedAndMustComeBackAsAnother()
    {
        await RegisterAsync("zombie");
        var job = await RunningAsync(worker: "zombie");
        await AdvanceAsync(Moment);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);
        await RegisterAsync("heir");
        var heirs = await ClaimOneAsync("heir");

        Assert.False(await FinishAsync(job, OutcomeKind.Succeeded, worker: "zombie", result: "zombie"));
        await Store.ReportProgressAsync("zombie", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 2, null))], CancellationToken.None);
        Assert.False((await BeatAsync("zombie")).IsKnown);
        Assert.False((await ClaimReplyAsync("zombie")).WorkerIsKnown);

        var record = await FindAsync(job);
        Assert.Equal((JobState.Running, "heir"), (record.State, record.Worker));
        Assert.Null(record.Progress);
        Assert.True(await FinishAsync(heirs, OutcomeKind.Succeeded, worker: "heir", result: "heir"));
        Assert.Equal("heir", (await FindAsync(job)).ReadResult<string>());
    }

    [Fact]
    public async Task Reap_AtTheThirdCrash_Quarantines()
    {
        var job = await EnqueueAsync(Job());
        for (var crash = 1; crash <= 3; crash++)
        {
            await AssertStateAsync(JobState.Queued, job.Id);
            await RegisterAsync($"w{crash}");
            var run = await ClaimOneAsync($"w{crash}");
            Assert.Equal((1, crash - 1), (run.Attempt, run.Crashes));
            await AdvanceAsync(Moment);
            await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);
        }

        var record = await FindAsync(job.Id);
        Assert.Equal((JobState.Quarantined, 3), (record.State, record.Crashes));
        Assert.NotNull(record.Error);
        Assert.NotNull(record.FinishedAt);
        await RegisterAsync("w4");
        Assert.Empty(await ClaimAsync("w4"));
    }

    [Fact]
    public async Task Reap_OfAJobAskedToCancel_CancelsIt()
    {
        await RegisterAsync("dead");
        var job = await RunningAsync(worker: "dead");
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);
        await AdvanceAsync(Moment);

        await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);

        await AssertStateAsync(JobState.Cancelled, job.Envelope.Id);
        await RegisterAsync("alive");
        Assert.Empty(await ClaimAsync("alive"));
    }

    [Fact]
    public async Task Cancel_WhileAllWorkersAreDead_HoldsOverAReopenedStore()
    {
        await RegisterAsync("dead");
        var running = (await RunningAsync(worker: "dead")).Envelope;
        var queued = await EnqueueAsync(Job());
        var scheduled = await EnqueueAsync(Job(dueIn: Moment * 2));
        await AdvanceAsync(Moment);

        Assert.Equal(CancelReply.Requested, await Store.CancelAsync(running.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(queued.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(scheduled.Id, CancellationToken.None));
        await ReopenAsync();
        // Whoever may be alive gets time to beat first.
        await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);
        await AdvanceAsync(Moment * 2);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None);

        await RegisterAsync("alive");
        Assert.Empty(await ClaimAsync("alive"));
        foreach (var job in new[] { running, queued, scheduled })
            await AssertStateAsync(JobState.Cancelled, job.Id);
    }

    [Fact]
    public async Task Leave_HandsBackWithoutCountingACrash()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        await Store.LeaveAsync("w1", CancellationToken.None);

        Assert.Empty(await Store.ListWorkersAsync(CancellationToken.None));
        await RegisterAsync("w2");
        var again = await ClaimOneAsync("w2");
        Assert.Equal((job.Envelope.Id, 1, 0), (again.Envelope.Id, again.Attempt, again.Crashes));
        Assert.False(await FinishAsync(job, OutcomeKind.Succeeded));
    }

    [Fact]
    public async Task Leave_OfAJobAskedToCancel_CancelsIt()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await Store.CancelAsync(job.Envelope.Id, CancellationToken.None);

        await Store.LeaveAsync("w1", CancellationToken.None);

        await AssertStateAsync(JobState.Cancelled, job.Envelope.Id);
    }

    [Fact]
    public async Task Leave_Repeated_IsHarmless()
    {
        await RegisterAsync();
        await Store.LeaveAsync("w1", CancellationToken.None);
        await Store.LeaveAsync("w1", CancellationToken.None);

        Assert.Empty(await Store.ListWorkersAsync(CancellationToken.None));
    }
}
