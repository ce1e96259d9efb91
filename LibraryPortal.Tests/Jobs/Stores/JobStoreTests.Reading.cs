using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Find, list and count.</summary>
public abstract partial class JobStoreTests
{
    [Fact]
    public async Task Find_OfAnUnknownId_IsNull() => Assert.Null(await Store.FindAsync(JobId.New(), CancellationToken.None));

    [Fact]
    public async Task Count_TellsEachState()
    {
        await RegisterAsync("w1");
        await EnqueueManyAsync([.. Enumerable.Range(0, 6).Select(number => Job(number: number))]);
        await EnqueueAsync(Job(dueIn: TimeSpan.FromHours(1)));
        var jobs = await ClaimAsync(count: 4);
        await FinishAsync(jobs[0], OutcomeKind.Succeeded);
        await FinishAsync(jobs[1], OutcomeKind.Failed, error: "no");
        await FinishAsync(jobs[2], OutcomeKind.Cancelled);

        var counts = await Store.CountAsync(CancellationToken.None);

        Assert.Equal((1, 2, 1, 1, 1, 1, 0), (
            counts[JobState.Scheduled], counts[JobState.Queued], counts[JobState.Running], counts[JobState.Succeeded], counts[JobState.Failed],
            counts[JobState.Cancelled], counts[JobState.Quarantined]));
    }

    [Fact]
    public async Task List_OfQueuedJobs_IsInTheOrderTheyWillRun()
    {
        await RegisterAsync();
        var (low, normal, high) = (Job(priority: JobPriority.Low), Job(), Job(priority: JobPriority.High));
        var second = Job();
        await EnqueueManyAsync(low, normal, high, second);

        var page = await Store.ListAsync(new JobQuery(JobState.Queued), CancellationToken.None);

        Assert.Equal([high.Id, normal.Id, second.Id, low.Id], page.Jobs.Select(job => job.Id));
        Assert.Equal(page.Jobs.Select(job => job.Id), Ids(await ClaimAsync()));
        Assert.Equal(4, page.Total);
    }

    [Fact]
    public async Task List_OfScheduledJobs_IsByDueTime()
    {
        var (late, soon) = (Job(dueIn: TimeSpan.FromHours(2)), Job(dueIn: TimeSpan.FromHours(1)));
        await EnqueueManyAsync(late, soon);

        var page = await Store.ListAsync(new JobQuery(JobState.Scheduled), CancellationToken.None);

        Assert.Equal([soon.Id, late.Id], page.Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task List_OfEndedJobs_IsNewestFirstAndPaged()
    {
        await RegisterAsync();
        await EnqueueManyAsync(Job(), Job(), Job());
        var jobs = await ClaimAsync();
        foreach (var job in jobs)
        {
            await FinishAsync(job, OutcomeKind.Failed, error: "no");
            await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        }

        var first = await Store.ListAsync(new JobQuery(JobState.Failed, Count: 2), CancellationToken.None);
        var second = await Store.ListAsync(new JobQuery(JobState.Failed, Offset: 2, Count: 2), CancellationToken.None);

        Assert.Equal([jobs[2].Envelope.Id, jobs[1].Envelope.Id], first.Jobs.Select(job => job.Id));
        Assert.Equal([jobs[0].Envelope.Id], second.Jobs.Select(job => job.Id));
        Assert.Equal((3, 3), (first.Total, second.Total));
    }

    [Fact]
    public async Task List_ShowsEachJobOnceAndOnlyWhereItIs()
    {
        await RegisterAsync();
        var retried = await RunningAsync();
        await FinishAsync(retried, OutcomeKind.Failed, error: "no");
        await Store.RetryAsync(retried.Envelope.Id, CancellationToken.None);
        var running = await ClaimOneAsync();

        foreach (var state in Enum.GetValues<JobState>())
        {
            var page = await Store.ListAsync(new JobQuery(state), CancellationToken.None);
            Assert.Equal(state == JobState.Running ? [running.Envelope.Id] : [], page.Jobs.Select(job => job.Id));
        }
    }

    [Fact]
    public async Task Check_OfAStoreThatWorks_Passes()
    {
        await Store.CheckAsync(CancellationToken.None);

        Assert.Null(Store.Outage);
    }

    [Fact]
    public async Task Dispose_Repeated_IsHarmless()
    {
        await Store.DisposeAsync();
        await Store.DisposeAsync();
    }

    [Fact]
    public async Task ListQueues_TellsDepthAndTheOldest_OfWhatIsReady()
    {
        await RegisterAsync();
        var first = await EnqueueAsync(Job());
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        await EnqueueManyAsync(Job(priority: JobPriority.High), Job(), Job(queue: "other"), Job(queue: "later", dueIn: TimeSpan.FromHours(1)));

        var queues = await Store.ListQueuesAsync(CancellationToken.None);

        Assert.Equal([("default", 3L), ("other", 1L)], queues.Select(queue => (queue.Name, queue.Depth)));
        Assert.Equal(first.EnqueuedAt, queues[0].OldestSince);
        await ClaimAsync();
        Assert.Equal(["other"], (await Store.ListQueuesAsync(CancellationToken.None)).Select(queue => queue.Name));
    }
}
