using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Row 8 for jobs that a later version of the program has stored in a form of its own.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task LaterForm_IsParked_UntilAWorkerBeatsThatReadsIt()
    {
        await RegisterAsync();
        await SetLimitAsync("mail", new LimitRule(Running: 1));
        var job = await EnqueueAsync(Job() with { Limits = ["mail"] });
        // All that this program reads of it is there too, and may mean something else.
        await RewriteAsync(job.Id, static stored => "{\"k\":2," + stored[1..]);

        Assert.Empty(await ClaimAsync());
        Assert.True(await FinishAsync(await TakenAsync(job.Id), OutcomeKind.Parked));

        var parked = await FindAsync(job.Id);
        Assert.Equal((JobState.Queued, 0, 2), (parked.State, parked.Attempt, parked.Envelope.Unreadable?.LaterForm));
        Assert.Contains("later version", parked.HeldBack, StringComparison.Ordinal);
        // Its place at the limit is free, and it is not taken again, whoever beats that does not read it.
        await EnqueueAsync(Job() with { Limits = ["mail"] });
        Assert.Single(await ClaimAsync());
        Assert.DoesNotContain((await BeatAsync()).Owned, claim => claim.Id == job.Id);
        await BeatAsync("w2", isFirst: true, "test.one", "test.one@2");
        Assert.Empty(await ClaimAsync("w2"));
        await Store.LeaveAsync("w1", CancellationToken.None);

        await BeatAsync("w2", isFirst: false, "test.one", "@2");
        await RewriteAsync(job.Id, static stored => "{" + stored["{\"k\":2,".Length..]);

        var claimed = await ClaimAsync("w2", count: 1);
        Assert.Equal([job.Id], Ids(claimed));
        Assert.Equal((1, 0), (claimed[0].Attempt, claimed[0].Crashes));
        Assert.True(await FinishAsync(claimed[0], OutcomeKind.Succeeded, worker: "w2"));
    }

    [Fact]
    public async Task LaterForm_AskedToCancel_IsCancelledInsteadOfParked()
    {
        await RegisterAsync();
        var job = await EnqueueAsync(Job());
        await RewriteAsync(job.Id, static _ => "{\"k\":3,\"work\":[]}");
        Assert.Empty(await ClaimAsync());
        var taken = await TakenAsync(job.Id);
        await Store.CancelAsync(job.Id, CancellationToken.None);

        Assert.True(await FinishAsync(taken, OutcomeKind.Parked));

        await AssertStateAsync(JobState.Cancelled, job.Id);
    }

    // As its worker knows it, which was not given it.
    async Task<ClaimedJob> TakenAsync(JobId id)
    {
        var stamp = Assert.Single((await BeatAsync()).Owned, claim => claim.Id == id).Stamp;
        var found = await FindAsync(id);
        Assert.NotNull(found.Envelope.Unreadable);
        return new ClaimedJob(found.Envelope, stamp, found.Attempt, found.Crashes, found.CancelRequested);
    }
}
