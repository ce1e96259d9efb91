using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Row 18: a claim that brings a job along.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Claim_ThatBringsAJobAlong_GetsItFirst_AndNobodyElseCould()
    {
        await RegisterAsync();
        await RegisterAsync("w2");
        var (own, queued) = (Job(queue: "canary"), await EnqueueAsync(Job()));

        var jobs = (await BringAsync(own)).Jobs;

        Assert.Equal([own.Id, queued.Id], Ids(jobs));
        Assert.Equal([(1, 0), (1, 0)], jobs.Select(job => (job.Attempt, job.Crashes)));
        Assert.Equal(2, jobs.Select(job => job.Stamp).Distinct().Count());
        var found = await FindAsync(own.Id);
        Assert.Equal((JobState.Running, "w1", "canary"), (found.State, found.Worker, found.Envelope.Queue));
        Assert.Equal(jobs.Select(job => (job.Envelope.Id, job.Stamp)).ToHashSet(), (await BeatAsync()).Owned.ToHashSet());
        Assert.Empty(await ClaimAsync("w2", queue: "canary"));
        Assert.Empty(await Store.ListQueuesAsync(CancellationToken.None));
        // Told again, as after a lost reply: it is there.
        Assert.Empty((await BringAsync(own)).Jobs);
        Assert.True(await FinishAsync(jobs[0], OutcomeKind.Succeeded));
        await AssertStateAsync(JobState.Succeeded, own.Id);
    }

    [Fact]
    public async Task Claim_OfOne_ThatBringsAJobAlong_GetsThatAlone()
    {
        await RegisterAsync();
        var (own, queued) = (Job(queue: "canary"), await EnqueueAsync(Job()));

        Assert.Equal([own.Id], Ids((await BringAsync(own, count: 1)).Jobs));

        await AssertStateAsync(JobState.Queued, queued.Id);
    }

    [Fact]
    public async Task Claim_OfAWorkerNobodyKnows_AcceptsNothingItBrings()
    {
        var own = Job(queue: "canary");

        Assert.False((await BringAsync(own)).WorkerIsKnown);

        Assert.Null(await Store.FindAsync(own.Id, CancellationToken.None));
    }

    [Fact]
    public async Task BroughtJob_OfAWorkerThatIsGone_GoesToItsLane()
    {
        await RegisterAsync();
        var own = Assert.Single((await BringAsync(Job(queue: "canary"))).Jobs);

        await Store.LeaveAsync("w1", CancellationToken.None);

        Assert.False(await FinishAsync(own, OutcomeKind.Succeeded));
        await RegisterAsync("w2");
        Assert.Equal([own.Envelope.Id], Ids(await ClaimAsync("w2", queue: "canary")));
    }

    Task<ClaimReply> BringAsync(JobEnvelope own, int count = 10) =>
        Store.ClaimAsync(new ClaimRequest("w1", [new Lane("default", JobPriority.Normal)], count) { Own = own }, CancellationToken.None);
}
