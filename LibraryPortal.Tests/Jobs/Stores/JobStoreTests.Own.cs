using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>A queue that one worker alone takes from goes with it.</summary>
public abstract partial class JobStoreTests
{
    const string OwnOfW1 = "@0123abcd";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OwnQueue_GoesWithItsWorker_AndWhatIsInItIsCancelled(bool dies)
    {
        await RegisterOwnerAsync();
        await RegisterAsync("w2");
        var taken = Assert.Single(await RunInOwnAsync());
        var (waiting, others) = (await EnqueueAsync(Job(queue: OwnOfW1, priority: JobPriority.Critical)), await EnqueueAsync(Job()));

        if (dies)
        {
            await AdvanceAsync(Moment);
            await BeatAsync("w2");
            Assert.Empty(await Store.ReapAsync(Moment / 2, quarantineAfter: 3, CancellationToken.None));
        }
        else
        {
            await Store.LeaveAsync("w1", CancellationToken.None);
        }

        Assert.DoesNotContain(await Store.ListWorkersAsync(CancellationToken.None), worker => worker.Id == "w1");
        Assert.False(await FinishAsync(taken, OutcomeKind.Succeeded));
        await AssertStateAsync(JobState.Cancelled, taken.Envelope.Id);
        await AssertStateAsync(JobState.Cancelled, waiting.Id);
        Assert.Equal(["default"], (await Store.ListQueuesAsync(CancellationToken.None)).Select(queue => queue.Name));
        Assert.Equal([others.Id], Ids(await ClaimAsync("w2")));
    }

    [Fact]
    public async Task OwnQueue_IsThereAgain_ForAnotherRunOfItsWorker()
    {
        await RegisterOwnerAsync();
        await RunInOwnAsync();
        await Store.LeaveAsync("w1", CancellationToken.None);
        await RegisterOwnerAsync("w2");

        Assert.Single(await RunInOwnAsync("w2"));
    }

    [Fact]
    public async Task Retry_OfAJobOfAnOwnQueue_IsRefused()
    {
        await RegisterOwnerAsync();
        var job = await EnqueueAsync(Job(queue: OwnOfW1, priority: JobPriority.Critical));
        await Store.CancelAsync(job.Id, CancellationToken.None);

        Assert.Equal(RetryReply.NotRetryable, await Store.RetryAsync(job.Id, CancellationToken.None));

        await AssertStateAsync(JobState.Cancelled, job.Id);
    }

    Task<BeatReply> RegisterOwnerAsync(string worker = "w1") => Store.BeatAsync(
        new WorkerBeat(worker, "host", 1, "1.0", 4, 1, ["default", OwnOfW1], ["test.one"], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);

    async Task<IReadOnlyList<ClaimedJob>> RunInOwnAsync(string worker = "w1")
    {
        await EnqueueAsync(Job(queue: OwnOfW1, priority: JobPriority.Critical));
        return (await Store.ClaimAsync(new ClaimRequest(worker, [new Lane(OwnOfW1, JobPriority.Critical)], 10), CancellationToken.None)).Jobs;
    }
}
