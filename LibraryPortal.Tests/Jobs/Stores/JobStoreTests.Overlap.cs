using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>What a due time comes to while the run before it has not ended.</summary>
public abstract partial class JobStoreTests
{
    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.Queue)]
    [InlineData(OverlapPolicy.CancelPrevious)]
    [InlineData(OverlapPolicy.Allow)]
    public async Task Fire_WhenTheLastRunHasEnded_Fires(OverlapPolicy overlap)
    {
        await SaveAsync();
        await RegisterAsync();
        foreach (var kind in new[] { OutcomeKind.Succeeded, OutcomeKind.Failed, OutcomeKind.Cancelled })
        {
            Assert.Single((await FireAsync(overlap, Due())).Fired);
            Assert.True(await FinishAsync(await ClaimOneAsync(), kind));
        }

        var reply = await FireAsync(overlap, Due());

        Assert.Single(reply.Fired);
        Assert.Equal((4, 0), ((await ScheduleAsync()).Fired, reply.PassedOver));
    }

    [Fact]
    public async Task Fire_WithSkip_WhileTheLastRunHasNotEnded_PassesOver()
    {
        await SaveAsync();
        await RegisterAsync();
        var first = Due();
        await FireAsync(OverlapPolicy.Skip, first);

        var whileQueued = await FireAsync(OverlapPolicy.Skip, Due());
        var running = await ClaimOneAsync();
        var whileRunning = await FireAsync(OverlapPolicy.Skip, Due(), Due());
        await FinishAsync(running, OutcomeKind.Retry, retryIn: TimeSpan.FromHours(1));
        var whileResting = await FireAsync(OverlapPolicy.Skip, Due());

        Assert.Equal([1, 2, 1], [whileQueued.PassedOver, whileRunning.PassedOver, whileResting.PassedOver]);
        var schedule = await ScheduleAsync();
        Assert.Equal((1, 4, first.Job.Id), (schedule.Fired, schedule.PassedOver, schedule.LastJob));
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.CancelPrevious)]
    public async Task Fire_WithSeveralDueTimesOfWhichOneMayRun_FiresTheLatest(OverlapPolicy overlap)
    {
        await SaveAsync();
        var last = Due();

        var reply = await FireAsync(overlap, Due(2), Due(1), last);

        Assert.Equal([last.Job.Id], reply.Fired);
        Assert.Equal(2, reply.PassedOver);
    }

    [Fact]
    public async Task Fire_WithAllow_FiresAllWhateverRuns()
    {
        await SaveAsync();
        await FireAsync(OverlapPolicy.Allow, Due());
        var schedule = await ScheduleAsync();

        var reply = await FireAsync(OverlapPolicy.Allow, Due(), Due());

        Assert.Equal((2, 0), (reply.Fired.Count, reply.PassedOver));
        Assert.Equal(schedule.Cursor, (await ScheduleAsync()).Cursor);
    }

    [Fact]
    public async Task Fire_WithQueue_RunsOneAfterTheOther()
    {
        await SaveAsync();
        await RegisterAsync();
        DueJob[] due = [Due(secondsAgo: 30), Due(secondsAgo: 20), Due(secondsAgo: 10)];

        var reply = await FireAsync(OverlapPolicy.Queue, due);

        Assert.Equal((1, 0, 2), (reply.Fired.Count, reply.PassedOver, reply.Waiting));
        Assert.Equal([due[1].Due, due[2].Due], (await ScheduleAsync()).Waiting);
        Assert.True((await DueAsync()).SomeWait);
        for (var i = 0; i < due.Length; i++)
        {
            Assert.Empty((await FireHeadAsync(due[Math.Min(i + 1, 2)])).Fired);
            var running = await ClaimOneAsync();
            Assert.Equal(due[i].Job.Id, running.Envelope.Id);
            Assert.Empty(await ClaimAsync());
            await FinishAsync(running, OutcomeKind.Succeeded);
            if (i < 2)
                Assert.Equal([due[i + 1].Job.Id], (await FireHeadAsync(due[i + 1])).Fired);
        }

        Assert.Empty((await ScheduleAsync()).Waiting);
        Assert.False((await DueAsync()).SomeWait);
    }

    [Fact]
    public async Task FindDue_WhenTheRunBeforeWhatWaitsHasEnded_GivesTheSchedule()
    {
        await SaveAsync();
        await RegisterAsync();
        var schedule = await ScheduleAsync();
        await Schedules.FireScheduleAsync(
            new FireRequest("s", schedule.Revision, OverlapPolicy.Queue, [Due(2), Due(1)]) { Progress = new ScheduleProgress(Now, null) }, CancellationToken.None);
        Assert.Empty((await DueAsync()).Due);

        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Failed);

        Assert.Equal("s", Assert.Single((await DueAsync()).Due).Name);
    }

    [Fact]
    public async Task Fire_WithQueue_PutsNewDueTimesBehindWhatWaits()
    {
        await SaveAsync();
        await RegisterAsync();
        DueJob[] due = [Due(3), Due(2), Due(1)];
        await FireAsync(OverlapPolicy.Queue, due[0], due[1]);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Succeeded);

        // The one that waits is not at hand, so the new one may not overtake it.
        Assert.Empty((await FireAsync(OverlapPolicy.Queue, due[2])).Fired);
        Assert.Equal([due[1].Due, due[2].Due], (await ScheduleAsync()).Waiting);

        await FireAsync(OverlapPolicy.Queue, due[2]);
        Assert.Equal([due[1].Due, due[2].Due], (await ScheduleAsync()).Waiting);
        Assert.Equal([due[1].Job.Id], (await FireHeadAsync(due[1])).Fired);
        Assert.Equal([due[2].Due], (await ScheduleAsync()).Waiting);
    }

    [Fact]
    public async Task Fire_WithQueue_LetsOnlySoManyWait()
    {
        await SaveAsync();
        var first = Now.AddDays(-1);
        for (var i = 0; i <= ScheduleClock.MostWaiting; i += 250)
        {
            var from = i;
            await FireAsync(OverlapPolicy.Queue, [.. Enumerable.Range(0, 251).Select(n => new DueJob(first.AddSeconds(from + n), Job()))]);
        }

        var schedule = await ScheduleAsync();
        Assert.Equal(ScheduleClock.MostWaiting, schedule.Waiting.Count);
        Assert.True(schedule.PassedOver > 0);
    }

    [Fact]
    public async Task Fire_WithCancelPrevious_CancelsWhatHasNotStarted()
    {
        await SaveAsync();
        var (old, young) = (Due(), Due());
        await FireAsync(OverlapPolicy.CancelPrevious, old);

        var reply = await FireAsync(OverlapPolicy.CancelPrevious, young);

        Assert.Equal([young.Job.Id], reply.Fired);
        await AssertStateAsync(JobState.Cancelled, old.Job.Id);
        await AssertStateAsync(JobState.Queued, young.Job.Id);
    }

    [Fact]
    public async Task Fire_WithCancelPrevious_TellsTheWorkerOfARunningOne()
    {
        await SaveAsync();
        await RegisterAsync();
        var (old, young) = (Due(), Due());
        await FireAsync(OverlapPolicy.CancelPrevious, old);
        await ClaimOneAsync();

        await FireAsync(OverlapPolicy.CancelPrevious, young);

        Assert.Equal([old.Job.Id], (await BeatAsync()).Cancel);
        Assert.Equal([young.Job.Id], Ids(await ClaimAsync()));
    }
}
