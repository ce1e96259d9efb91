using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Ended jobs on their way into the history.</summary>
public abstract partial class JobStoreTests
{
    IHistoryFeed Feed => (IHistoryFeed)Store;

    [Fact]
    public async Task ReadEnded_GivesEveryKindOfEnd_OldestFirst()
    {
        await RegisterAsync();
        var before = NowOfEntries;
        var succeeded = await EndAsync(Kept(), OutcomeKind.Succeeded);
        var after = NowOfEntries;
        await AdvanceAsync(TimeSpan.FromMilliseconds(2));
        var failed = await EndAsync(Kept(unique: "key"), OutcomeKind.Failed);
        await AdvanceAsync(TimeSpan.FromMilliseconds(2));
        var cancelled = await EnqueueAsync(Kept());
        await Store.CancelAsync(cancelled.Id, CancellationToken.None);

        var batch = await ReadEndedAsync();

        Assert.Equal([(succeeded.Id, JobState.Succeeded), (failed.Id, JobState.Failed), (cancelled.Id, JobState.Cancelled)], batch.Jobs.Select(job => (job.Id, job.State)));
        Assert.Equal("broken", batch.Jobs[1].Error);
        Assert.Equal("""{"number":0,"text":"\u00E4\u0022\n"}""", batch.Jobs[0].Envelope.Args.GetRawText());
        Assert.All(batch.Jobs, job => Assert.NotNull(job.FinishedAt));
        Assert.InRange(batch.Oldest!.Value, before.AddMilliseconds(-1), after);
    }

    [Fact]
    public async Task ReadEnded_GivesNothingOfJobsThatKeepNoHistory()
    {
        await RegisterAsync();
        await EndAsync(Job(), OutcomeKind.Succeeded);
        await EndAsync(Job(), OutcomeKind.Failed);

        var batch = await ReadEndedAsync();

        Assert.Empty(batch.Jobs);
        Assert.Empty(batch.Receipts);
        Assert.Null(batch.Oldest);
    }

    [Fact]
    public async Task ReadEnded_OfOneCallWithBothKinds_GivesThoseThatKeepAHistory()
    {
        await RegisterAsync();
        var (kept, other) = (Kept(), Job());
        await EnqueueManyAsync(kept, other);
        var outcomes = (await ClaimAsync()).Select(job => new JobOutcome(job, OutcomeKind.Succeeded) { StartedAt = Now }).ToList();
        await Store.FinishAsync("w1", outcomes, CancellationToken.None);

        var batch = await ReadEndedAsync();

        Assert.Equal(kept.Id, Assert.Single(batch.Jobs).Id);
    }

    [Fact]
    public async Task Acknowledged_IsNotReadAgain_AndWhatWasNotIs()
    {
        await RegisterAsync();
        var first = await EndAsync(Kept(), OutcomeKind.Failed);
        var read = await ReadEndedAsync();
        var second = await EndAsync(Kept(), OutcomeKind.Failed);
        Assert.Equal([first.Id, second.Id], (await ReadEndedAsync()).Jobs.Select(job => job.Id));

        await Feed.AcknowledgeEndedAsync(read.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        await Feed.AcknowledgeEndedAsync(read.Receipts, TimeSpan.FromHours(1), CancellationToken.None);

        Assert.Equal(second.Id, Assert.Single((await ReadEndedAsync()).Jobs).Id);
    }

    [Fact]
    public async Task Acknowledged_Successes_LeaveTheStoreEarly_AndTheDeadStayToBeReplayed()
    {
        await RegisterAsync();
        var succeeded = await EndAsync(Kept(), OutcomeKind.Succeeded);
        var failed = await EndAsync(Kept(), OutcomeKind.Failed);

        await Feed.AcknowledgeEndedAsync((await ReadEndedAsync()).Receipts, TimeSpan.Zero, CancellationToken.None);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await Store.PruneAsync(100, CancellationToken.None);

        Assert.Null(await Store.FindAsync(succeeded.Id, CancellationToken.None));
        Assert.Equal(0, (await Store.CountAsync(CancellationToken.None))[JobState.Succeeded]);
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(failed.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Acknowledged_ResultsOfAFlow_StayForAsLongAsTheFlow()
    {
        await RegisterAsync();
        var plan = FlowPlans.Plan(FlowPlans.Job("a"));
        plan = plan with { Jobs = [.. plan.Jobs.Select(job => job with { KeepsHistory = true })] };
        await Store.AcceptFlowAsync(plan, CancellationToken.None);
        await FinishKeyAsync("a", await ClaimOneAsync());

        await Feed.AcknowledgeEndedAsync((await ReadEndedAsync()).Receipts, TimeSpan.Zero, CancellationToken.None);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await Store.PruneAsync(100, CancellationToken.None);

        Assert.Equal("a", Assert.Single(await ResultsAsync(plan, FlowPlace.End)).Value!.Value.GetString());
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    public async Task Untold_OutlivesItsTimeToLive_AndLeavesOnceTold(OutcomeKind kind)
    {
        await RegisterAsync();
        await EndAsync(Kept(ttl: TimeSpan.FromMilliseconds(20)), kind);
        await AdvanceAsync(TimeSpan.FromMilliseconds(60));
        await Store.PruneAsync(100, CancellationToken.None);

        var batch = await ReadEndedAsync();
        Assert.Single(batch.Jobs);

        await Feed.AcknowledgeEndedAsync(batch.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Equal(1, await Store.PruneAsync(100, CancellationToken.None));
        Assert.Null(await Store.FindAsync(batch.Jobs[0].Id, CancellationToken.None));
    }

    [Fact]
    public async Task Untold_PastItsTimeToLive_IsFoundAndReplayedWithOtherArguments()
    {
        await RegisterAsync();
        var job = await EndAsync(Kept(ttl: TimeSpan.FromMilliseconds(20)), OutcomeKind.Failed);
        await AdvanceAsync(TimeSpan.FromMilliseconds(60));

        var dead = await FindAsync(job.Id);

        Assert.Equal(RetryReply.Queued, await Store.RetryEditedAsync(Edit(dead), dead.FinishedAt!.Value, CancellationToken.None));
    }

    [Fact]
    public async Task Replayed_BeforeItWasTold_LeavesARecordOfEachOutcome()
    {
        await RegisterAsync();
        var job = await EndAsync(Kept(), OutcomeKind.Failed);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await Store.RetryAsync(job.Id, CancellationToken.None);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Succeeded);

        var batch = await ReadEndedAsync();

        var outcomes = batch.Jobs.DistinctBy(one => one.FinishedAt).OrderBy(one => one.FinishedAt).Select(one => one.State);
        Assert.Equal([JobState.Failed, JobState.Succeeded], outcomes);
        await Feed.AcknowledgeEndedAsync(batch.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Empty((await ReadEndedAsync()).Receipts);
    }

    [Fact]
    public async Task Replay_ThatIsRefused_LeavesNothingMoreToTell()
    {
        await RegisterAsync();
        var job = await EndAsync(Kept(unique: "k"), OutcomeKind.Failed);
        await EnqueueAsync(Job(unique: "k"));

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(job.Id, CancellationToken.None));
        Assert.Equal((1, 0, 1), await SweepAsync(DeadAction.Retry, new DeadFilter()));

        Assert.Equal(job.Id, Assert.Single((await ReadEndedAsync()).Jobs).Id);
    }

    [Fact]
    public async Task Replayed_AfterItWasRead_IsToldAgain()
    {
        await RegisterAsync();
        var job = await EndAsync(Kept(), OutcomeKind.Failed);
        var read = await ReadEndedAsync();
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await Store.RetryAsync(job.Id, CancellationToken.None);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed, error: "again");
        await Feed.AcknowledgeEndedAsync(read.Receipts, TimeSpan.FromHours(1), CancellationToken.None);

        Assert.Contains((await ReadEndedAsync()).Jobs, one => one.Error == "again");
    }

    [Fact]
    public async Task Acknowledged_OfAnEarlierEnd_TheLaterOneStaysUntilItIsToldToo()
    {
        await RegisterAsync();
        var job = await EndAsync(Kept(ttl: TimeSpan.FromMilliseconds(20)), OutcomeKind.Failed);
        var read = await ReadEndedAsync();
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await Store.RetryAsync(job.Id, CancellationToken.None);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed, error: "again");

        await Feed.AcknowledgeEndedAsync(read.Receipts, TimeSpan.FromHours(1), CancellationToken.None);
        await AdvanceAsync(TimeSpan.FromMilliseconds(60));
        await Store.PruneAsync(100, CancellationToken.None);

        await AssertStateAsync(JobState.Failed, job.Id);
        Assert.Contains((await ReadEndedAsync()).Jobs, one => one.Error == "again");
    }

    [Fact]
    public async Task Quarantined_IsToldTo()
    {
        await RegisterAsync();
        var job = await RunningAsync(Kept());
        await AdvanceAsync(Moment);
        // A server just started gives its workers time to beat.
        while ((await Store.ReapAsync(TimeSpan.FromMilliseconds(1), 1, CancellationToken.None)).Count == 0)
            await AdvanceAsync(Moment);

        Assert.Equal((job.Envelope.Id, JobState.Quarantined), Assert.Single((await ReadEndedAsync()).Jobs.Select(one => (one.Id, one.State))));
    }

    JobEnvelope Kept(string? unique = null, TimeSpan? ttl = null) => Job(unique: unique, ttl: ttl) with { KeepsHistory = true };

    async Task<JobEnvelope> EndAsync(JobEnvelope job, OutcomeKind kind)
    {
        await FinishAsync(await RunningAsync(job), kind, error: kind == OutcomeKind.Failed ? "broken" : null);
        return job;
    }

    async Task<EndedBatch> ReadEndedAsync()
    {
        var batch = await Feed.ReadEndedAsync("reader", 100, CancellationToken.None);
        Assert.NotNull(batch);
        return batch;
    }
}
