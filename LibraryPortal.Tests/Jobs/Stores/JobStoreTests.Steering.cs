using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 11 to 13: cancel and replay; and what is dropped in the end.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Cancel_OfAQueuedJob_EndsItAtOnce()
    {
        await RegisterAsync();
        var (one, two) = (await EnqueueAsync(Job()), await EnqueueAsync(Job()));

        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(one.Id, CancellationToken.None));

        var record = await FindAsync(one.Id);
        Assert.Equal(JobState.Cancelled, record.State);
        Assert.NotNull(record.FinishedAt);
        Assert.Equal(two.Id, (await ClaimOneAsync()).Envelope.Id);
    }

    [Fact]
    public async Task Cancel_OfAScheduledJob_EndsItAtOnce()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job(dueIn: Moment));

        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(job.Id, CancellationToken.None));

        await AdvanceAsync(Moment + TimeSpan.FromMilliseconds(20));
        Assert.Empty(await ClaimAsync());
        await AssertStateAsync(JobState.Cancelled, job.Id);
    }

    [Fact]
    public async Task Cancel_OfAParkedJob_EndsItForGood()
    {
        await RegisterAsync();
        var job = await RunningAsync(Job(name: "test.new"));
        await FinishAsync(job, OutcomeKind.Parked);

        Assert.Equal(CancelReply.Cancelled, await Store.CancelAsync(job.Envelope.Id, CancellationToken.None));

        await RegisterAsync("new", "test.new");
        Assert.Empty(await ClaimAsync("new"));
    }

    [Fact]
    public async Task Cancel_OfARunningJob_IsToldByItsWorkersBeat()
    {
        await RegisterAsync("w1");
        await RegisterAsync("w2");
        var job = await RunningAsync(worker: "w1");

        Assert.Equal(CancelReply.Requested, await Store.CancelAsync(job.Envelope.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Requested, await Store.CancelAsync(job.Envelope.Id, CancellationToken.None));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Running, true), (record.State, record.CancelRequested));
        Assert.Equal(job.Envelope.Id, Assert.Single((await BeatAsync("w1")).Cancel));
        // Said again until it is done: the reply may have been lost.
        Assert.Equal(job.Envelope.Id, Assert.Single((await BeatAsync("w1")).Cancel));
        Assert.Empty((await BeatAsync("w2")).Cancel);
    }

    [Fact]
    public async Task Cancel_OfAnEndedOrUnknownJob_ChangesNothing()
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await FinishAsync(job, OutcomeKind.Succeeded);

        Assert.Equal(CancelReply.AlreadyFinal, await Store.CancelAsync(job.Envelope.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Unknown, await Store.CancelAsync(JobId.New(), CancellationToken.None));
        await AssertStateAsync(JobState.Succeeded, job.Envelope.Id);
    }

    [Theory]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Cancelled)]
    public async Task Retry_OfAnEndedJob_QueuesItWithFreshCounters(OutcomeKind end)
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await FinishAsync(job, end, error: "no");

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(job.Envelope.Id, CancellationToken.None));

        var record = await FindAsync(job);
        Assert.Equal((JobState.Queued, 0, 0, false), (record.State, record.Attempt, record.Crashes, record.CancelRequested));
        Assert.Null(record.FinishedAt);
        Assert.Equal(1, (await ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Retry_OfAQuarantinedJob_QueuesIt()
    {
        await RegisterAsync("dead");
        var job = await RunningAsync(worker: "dead");
        await AdvanceAsync(Moment);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 1, CancellationToken.None);

        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(job.Envelope.Id, CancellationToken.None));

        await RegisterAsync("alive");
        Assert.Equal((1, 0), ((await ClaimOneAsync("alive")).Attempt, (await FindAsync(job)).Crashes));
    }

    [Fact]
    public async Task Retry_OfAJobThatDidNotFail_IsRefused()
    {
        await RegisterAsync();
        var running = await RunningAsync();
        var queued = await EnqueueAsync(Job());
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(running.Envelope.Id, CancellationToken.None));
        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(queued.Id, CancellationToken.None));
        await FinishAsync(running, OutcomeKind.Succeeded);

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(running.Envelope.Id, CancellationToken.None));
        Assert.Equal(RetryReply.Unknown, await Store.RetryAsync(JobId.New(), CancellationToken.None));
        await AssertStateAsync(JobState.Succeeded, running.Envelope.Id);
    }

    [Fact]
    public async Task Retry_WhileAnotherJobHasItsUniqueKey_IsRefused()
    {
        await RegisterAsync();
        var failed = await RunningAsync(Job(unique: "k"));
        await FinishAsync(failed, OutcomeKind.Failed, error: "no");
        var heir = await EnqueueAsync(Job(unique: "k"));

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(failed.Envelope.Id, CancellationToken.None));
        await AssertStateAsync(JobState.Failed, failed.Envelope.Id);

        await Store.CancelAsync(heir.Id, CancellationToken.None);
        Assert.Equal(RetryReply.Queued, await Store.RetryAsync(failed.Envelope.Id, CancellationToken.None));
        Assert.Equal(new EnqueueReceipt(failed.Envelope.Id, IsNew: false), Assert.Single(await EnqueueManyAsync(Job(unique: "k"))));
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    public async Task FinalRecord_WhoseTimeIsOver_IsNotFound_ThoughNobodyHasTakenItAway(OutcomeKind kind)
    {
        await RegisterAsync();
        var job = await RunningAsync(Job(ttl: TimeSpan.FromSeconds(1)));
        await FinishAsync(job, kind);
        await AdvanceAsync(TimeSpan.FromMilliseconds(1_100));

        Assert.Null(await Store.FindAsync(job.Envelope.Id, CancellationToken.None));
    }

    [Fact]
    public async Task FinalRecord_IsDroppedAfterItsTimeToLive()
    {
        await RegisterAsync();
        var brief = await RunningAsync(Job(ttl: TimeSpan.FromSeconds(1)));
        await FinishAsync(brief, OutcomeKind.Succeeded);
        var kept = await RunningAsync(Job(ttl: TimeSpan.FromHours(1)));
        await FinishAsync(kept, OutcomeKind.Succeeded);
        await Store.PruneAsync(100, CancellationToken.None);
        await AssertStateAsync(JobState.Succeeded, brief.Envelope.Id);

        await AdvanceAsync(TimeSpan.FromMilliseconds(1_100));
        await Store.PruneAsync(100, CancellationToken.None);

        Assert.Null(await Store.FindAsync(brief.Envelope.Id, CancellationToken.None));
        await AssertStateAsync(JobState.Succeeded, kept.Envelope.Id);
        Assert.Equal(1, (await Store.CountAsync(CancellationToken.None))[JobState.Succeeded]);
        Assert.Single((await Store.ListAsync(new JobQuery(JobState.Succeeded), CancellationToken.None)).Jobs);
    }

    [Fact]
    public async Task Beat_AfterACancelledJobWasReplayedAndClaimedAgain_DoesNotCancelItAnew()
    {
        await RegisterAsync();
        var first = await RunningAsync();
        await Store.CancelAsync(first.Envelope.Id, CancellationToken.None);
        Assert.True(await FinishAsync(first, OutcomeKind.Cancelled));
        await Store.RetryAsync(first.Envelope.Id, CancellationToken.None);
        await ClaimOneAsync();

        Assert.Empty((await BeatAsync()).Cancel);
    }
}
