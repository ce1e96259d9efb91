using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Rows 3 and 4: what is due is queued, and what is queued is taken.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Claim_TakesFirstInFirstOut()
    {
        await RegisterAsync();
        var jobs = Enumerable.Range(0, 5).Select(number => Job(number: number)).ToArray();
        await EnqueueManyAsync(jobs[..3]);
        await EnqueueManyAsync(jobs[3..]);

        var first = await ClaimAsync(count: 2);
        var rest = await ClaimAsync(count: 10);

        Assert.Equal([jobs[0].Id, jobs[1].Id], Ids(first));
        Assert.Equal([jobs[2].Id, jobs[3].Id, jobs[4].Id], Ids(rest));
    }

    [Fact]
    public async Task Claim_RecordsOwnerAttemptAndStart()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job(number: 3));

        var claimed = await ClaimOneAsync();

        Assert.Equal((1, 0, false), (claimed.Attempt, claimed.Crashes, claimed.CancelRequested));
        Assert.Equal(EnvelopeCodec.Write(job), EnvelopeCodec.Write(claimed.Envelope));
        var record = await FindAsync(claimed);
        Assert.Equal((JobState.Running, "w1", 1), (record.State, record.Worker, record.Attempt));
        Assert.NotNull(record.StartedAt);
    }

    [Fact]
    public async Task Claim_FollowsTheLanesInTheOrderGiven()
    {
        await RegisterAsync();
        var low = Job(priority: JobPriority.Low);
        var high = Job(priority: JobPriority.High);
        var other = Job(queue: "other");
        await EnqueueManyAsync(low, high, other);

        var reply = await Store.ClaimAsync(
            new ClaimRequest("w1", [new Lane("other", JobPriority.Normal), new Lane("default", JobPriority.Low), new Lane("default", JobPriority.High)], 2),
            CancellationToken.None);

        Assert.Equal([other.Id, low.Id], Ids(reply.Jobs));
    }

    [Fact]
    public async Task Claim_LeavesOtherQueuesAlone()
    {
        await RegisterAsync();
        await EnqueueAsync(Job(queue: "other"));

        Assert.Empty(await ClaimAsync(queue: "default"));
        Assert.Single(await ClaimAsync(queue: "other"));
    }

    [Fact]
    public async Task Claim_GivesAJobToOneWorkerOnly()
    {
        await RegisterAsync("w1");
        await RegisterAsync("w2");
        await EnqueueManyAsync([.. Enumerable.Range(0, 100).Select(number => Job(number: number))]);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => ClaimAsync(turn % 2 == 0 ? "w1" : "w2", count: 10)));

        var ids = Ids(replies.SelectMany(jobs => jobs));
        Assert.Equal(100, ids.Length);
        Assert.Equal(100, ids.Distinct().Count());
    }

    [Fact]
    public async Task Claim_ByAnUnknownWorker_TakesNothing()
    {
        await EnqueueAsync(Job());

        var reply = await ClaimReplyAsync("never-registered");

        Assert.False(reply.WorkerIsKnown);
        Assert.Empty(reply.Jobs);
        await RegisterAsync();
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Claim_NeverTakesAJobBeforeItIsDue()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job(dueIn: Moment));

        var early = await ClaimReplyAsync();
        Assert.Empty(early.Jobs);
        Assert.NotNull(early.NextDue);
        Assert.InRange(early.NextDue.Value, TimeSpan.FromMilliseconds(1), Moment);

        await AdvanceAsync(early.NextDue.Value + TimeSpan.FromMilliseconds(5));
        Assert.Equal(job.Id, (await ClaimOneAsync()).Envelope.Id);
        Assert.True(Now >= job.DueAt);
    }

    [Fact]
    public async Task Claim_TakesDueJobsInTheOrderOfTheirDueTimes()
    {
        await RegisterAsync();
        var later = Job(dueIn: TimeSpan.FromMilliseconds(120));
        var sooner = Job(dueIn: TimeSpan.FromMilliseconds(60));
        await EnqueueManyAsync(later, sooner);
        await AdvanceAsync(Moment);

        Assert.Equal([sooner.Id, later.Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Claim_WithNothingScheduled_NamesNoDueTime()
    {
        await RegisterAsync();

        Assert.Null((await ClaimReplyAsync()).NextDue);
    }

    [Fact]
    public async Task Claim_WhoseReplyWasLost_ShowsInTheNextBeat()
    {
        await RegisterAsync();
        var lost = await RunningAsync();

        var reply = await BeatAsync();

        Assert.Equal((lost.Envelope.Id, lost.Stamp), Assert.Single(reply.Owned));
    }
}
