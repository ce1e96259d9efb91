using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 1 and 2: a job is accepted.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Enqueue_WithoutDueTime_Queues()
    {
        var job = await EnqueueAsync(Job(number: 7));

        var record = await FindAsync(job.Id);
        Assert.Equal(JobState.Queued, record.State);
        Assert.Equal(EnvelopeCodec.Write(job), EnvelopeCodec.Write(record.Envelope));
        Assert.Equal((0, 0), (record.Attempt, record.Crashes));
        Assert.False(record.IsFinal);
    }

    [Fact]
    public async Task Enqueue_WithADueTimeInThePast_Queues()
    {
        var job = await EnqueueAsync(Job(dueIn: TimeSpan.FromMinutes(-1)));

        await AssertStateAsync(JobState.Queued, job.Id);
    }

    [Fact]
    public async Task Enqueue_WithADueTimeAhead_Schedules()
    {
        var job = await EnqueueAsync(Job(dueIn: TimeSpan.FromMinutes(1)));

        var record = await FindAsync(job.Id);
        Assert.Equal(JobState.Scheduled, record.State);
        Assert.Equal(job.DueAt, record.DueAt);
    }

    [Fact]
    public async Task Enqueue_OfMany_AnswersInOrder()
    {
        var jobs = Enumerable.Range(0, 256).Select(number => Job(number: number)).ToArray();

        var receipts = await EnqueueManyAsync(jobs);

        Assert.Equal(jobs.Select(job => new EnqueueReceipt(job.Id, IsNew: true)), receipts);
        Assert.Equal(256, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
    }

    [Fact]
    public async Task Enqueue_OfNothing_DoesNothing() => Assert.Empty(await EnqueueManyAsync());

    [Fact]
    public async Task Enqueue_RepeatedAfterALostReply_AcceptsOnce()
    {
        var (one, two) = (Job(), Job());
        await EnqueueAsync(one);

        var receipts = await EnqueueManyAsync(one, two);

        Assert.Equal([new EnqueueReceipt(one.Id, IsNew: false), new EnqueueReceipt(two.Id, IsNew: true)], receipts);
        await RegisterAsync();
        Assert.Equal([one.Id, two.Id], Ids(await ClaimAsync()));
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    public async Task Enqueue_RepeatedAfterTheJobEnded_DoesNotRunItAgain(OutcomeKind end)
    {
        await RegisterAsync();
        var job = await RunningAsync();
        await FinishAsync(job, end);

        var receipt = Assert.Single(await EnqueueManyAsync(job.Envelope));

        Assert.False(receipt.IsNew);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Enqueue_RepeatedWhileTheJobRuns_DoesNotQueueIt()
    {
        await RegisterAsync();
        var job = await RunningAsync();

        Assert.False(Assert.Single(await EnqueueManyAsync(job.Envelope)).IsNew);

        Assert.Empty(await ClaimAsync());
        await AssertStateAsync(JobState.Running, job.Envelope.Id);
    }

    [Fact]
    public async Task Enqueue_WithATakenUniqueKey_NamesTheJobThatHasIt()
    {
        var first = await EnqueueAsync(Job(unique: "k"));

        var receipts = await EnqueueManyAsync(Job(unique: "k"), Job(unique: "other"), Job(unique: "other"));

        Assert.Equal(new EnqueueReceipt(first.Id, IsNew: false), receipts[0]);
        Assert.True(receipts[1].IsNew);
        Assert.Equal(new EnqueueReceipt(receipts[1].Id, IsNew: false), receipts[2]);
        Assert.Equal(2, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
    }

    [Fact]
    public async Task UniqueKey_IsKeptWhileTheJobIsScheduledRunsOrRests()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job(unique: "k", dueIn: Moment));
        Assert.False(Assert.Single(await EnqueueManyAsync(Job(unique: "k"))).IsNew);
        await AdvanceAsync(Moment + TimeSpan.FromMilliseconds(20));
        var run = await ClaimOneAsync();
        Assert.False(Assert.Single(await EnqueueManyAsync(Job(unique: "k"))).IsNew);
        await FinishAsync(run, OutcomeKind.Retry, error: "no", retryIn: TimeSpan.FromMinutes(1));

        Assert.Equal(new EnqueueReceipt(job.Id, IsNew: false), Assert.Single(await EnqueueManyAsync(Job(unique: "k"))));
    }

    [Theory]
    [InlineData(OutcomeKind.Succeeded)]
    [InlineData(OutcomeKind.Failed)]
    [InlineData(OutcomeKind.Cancelled)]
    public async Task UniqueKey_IsFreedWhenTheRunEnds(OutcomeKind end)
    {
        await RegisterAsync();
        var run = await RunningAsync(Job(unique: "k"));
        await FinishAsync(run, end, error: end == OutcomeKind.Failed ? "no" : null);

        Assert.True(Assert.Single(await EnqueueManyAsync(Job(unique: "k"))).IsNew);
    }

    [Fact]
    public async Task UniqueKey_IsFreedByCancelAndQuarantine()
    {
        var queued = await EnqueueAsync(Job(unique: "a"));
        await Store.CancelAsync(queued.Id, CancellationToken.None);
        Assert.True(Assert.Single(await EnqueueManyAsync(Job(unique: "a", dueIn: TimeSpan.FromHours(1)))).IsNew);

        await RegisterAsync();
        await RunningAsync(Job(unique: "b"));
        await AdvanceAsync(Moment);
        await Store.ReapAsync(Moment / 2, quarantineAfter: 1, CancellationToken.None);
        Assert.True(Assert.Single(await EnqueueManyAsync(Job(unique: "b"))).IsNew);
    }

    [Fact]
    public async Task Accepted_SurvivesAReopenedStore()
    {
        await RegisterAsync();
        var running = await RunningAsync();
        var queued = await EnqueueAsync(Job());
        var scheduled = await EnqueueAsync(Job(dueIn: TimeSpan.FromMinutes(1)));

        await ReopenAsync();

        await AssertStateAsync(JobState.Running, running.Envelope.Id);
        await AssertStateAsync(JobState.Queued, queued.Id);
        await AssertStateAsync(JobState.Scheduled, scheduled.Id);
        Assert.True(await FinishAsync(running, OutcomeKind.Succeeded));
        Assert.NotEqual(running.Stamp, (await ClaimOneAsync()).Stamp);
    }
}
