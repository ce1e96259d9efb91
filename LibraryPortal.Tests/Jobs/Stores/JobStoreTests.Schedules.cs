using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores;

/// <summary>Schedules: kept, looked at in time, fired once.</summary>
public abstract partial class JobStoreTests
{
    static readonly byte[] Definition = [1, 2, 0, 255];

    protected IScheduleStore Schedules => (IScheduleStore)Store;

    [Fact]
    public async Task Schedule_WhenSaved_IsFoundAsGiven()
    {
        var saved = await SaveAsync("b");
        await SaveAsync("a", isActive: false);

        Assert.Equal(Definition, saved.Definition.ToArray());
        AssertNow(saved.Cursor);
        Assert.Equal((0, 0, null, null, null), (saved.Fired, saved.PassedOver, saved.LastDue, saved.LastFiredAt, saved.LastJob));
        Assert.Empty(saved.Waiting);
        Assert.Equal(["a", "b"], (await Schedules.ListSchedulesAsync(CancellationToken.None)).Select(schedule => schedule.Name));
        Assert.Null(await Schedules.FindScheduleAsync("c", CancellationToken.None));
    }

    [Fact]
    public async Task Schedule_WhenSaved_WakesSchedulers()
    {
        using var wakes = new WakeUps(Store);
        await SubscribedAsync();

        await SaveAsync();

        await wakes.NextAsync(WakeUp.Schedules);
    }

    [Fact]
    public async Task Save_OverAnotherRevision_IsRefused()
    {
        var first = await SaveAsync();
        Assert.False(await Schedules.SaveScheduleAsync(Write(revision: 0), CancellationToken.None));
        Assert.False(await Schedules.SaveScheduleAsync(Write(first.Revision - 1), CancellationToken.None));

        Assert.True(await Schedules.SaveScheduleAsync(Write(first.Revision), CancellationToken.None));

        Assert.True((await ScheduleAsync()).Revision > first.Revision);
        Assert.False(await Schedules.SaveScheduleAsync(Write(first.Revision), CancellationToken.None));
        Assert.False(await Schedules.SaveScheduleAsync(Write(1, "none"), CancellationToken.None));
    }

    [Fact]
    public async Task Schedule_AfterReopening_IsAllThere()
    {
        await SaveAsync();
        await FireAsync(OverlapPolicy.Queue, Due(), Due());
        var before = await ScheduleAsync();

        await ReopenAsync();

        var after = await ScheduleAsync();
        Assert.Equal(before with { Definition = default, Waiting = [] }, after with { Definition = default, Waiting = [] });
        Assert.Equal(before.Definition.ToArray(), after.Definition.ToArray());
        Assert.Equal(before.Waiting, after.Waiting);
        Assert.Single(after.Waiting);
    }

    [Fact]
    public async Task Delete_ForgetsTheSchedule_AndLeavesItsJobs()
    {
        var first = await SaveAsync();
        var fired = Assert.Single((await FireAsync(OverlapPolicy.Skip, Due())).Fired);
        Assert.False(await Schedules.DeleteScheduleAsync("s", first.Revision, CancellationToken.None));

        var last = await ScheduleAsync();
        Assert.True(await Schedules.DeleteScheduleAsync("s", last.Revision, CancellationToken.None));

        Assert.Empty(await Schedules.ListSchedulesAsync(CancellationToken.None));
        Assert.Empty((await DueAsync()).Due);
        await AssertStateAsync(JobState.Queued, fired);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5));
        Assert.True((await SaveAsync()).Revision > last.Revision);
    }

    [Fact]
    public async Task FindDue_GivesActiveSchedules_WhenTheirTimeHasCome()
    {
        await SaveAsync("active");
        await SaveAsync("paused", isActive: false);
        Assert.Equal("active", Assert.Single((await DueAsync()).Due).Name);

        var schedule = await ScheduleAsync("active");
        await Schedules.FireScheduleAsync(
            new FireRequest("active", schedule.Revision, OverlapPolicy.Skip, []) { Progress = new ScheduleProgress(Now, Now + Moment) }, CancellationToken.None);

        var due = await DueAsync();
        Assert.Empty(due.Due);
        Assert.False(due.SomeWait);
        AssertNow(due.Now);
        Assert.InRange(due.Next!.Value, TimeSpan.Zero, Moment);
        await AdvanceAsync(Moment * 2);
        due = await DueAsync();
        Assert.Equal("active", Assert.Single(due.Due).Name);
        Assert.Null(due.Next);
    }

    [Fact]
    public async Task FindDue_ForAScheduleThatIsNeverDueAgain_IsEmpty()
    {
        var schedule = await SaveAsync();
        await Schedules.FireScheduleAsync(
            new FireRequest("s", schedule.Revision, OverlapPolicy.Skip, []) { Progress = new ScheduleProgress(Now, null) }, CancellationToken.None);

        var due = await DueAsync();

        Assert.Empty(due.Due);
        Assert.Null(due.Next);
    }

    [Fact]
    public async Task FindDue_WithMoreThanTheLimit_GivesThatMany()
    {
        for (var i = 0; i < 5; i++)
            await SaveAsync($"s{i}");

        Assert.Equal(3, (await Schedules.FindDueSchedulesAsync(3, CancellationToken.None)).Due.Count);
    }

    [Fact]
    public async Task Fire_MakesTheJobAndMovesOn()
    {
        var schedule = await SaveAsync();
        var due = Due();
        var cursor = DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());

        var reply = await Schedules.FireScheduleAsync(
            new FireRequest("s", schedule.Revision, OverlapPolicy.Skip, [due]) { Progress = new ScheduleProgress(cursor, Now.AddHours(1)) }, CancellationToken.None);

        Assert.Equal((false, 0, 0), (reply.IsStale, reply.PassedOver, reply.Waiting));
        Assert.Equal([due.Job.Id], reply.Fired);
        var job = await FindAsync(due.Job.Id);
        Assert.Equal(JobState.Queued, job.State);
        Assert.Equal(due.Job.Args.ToString(), job.Envelope.Args.ToString());
        var after = await ScheduleAsync();
        Assert.Equal((cursor, due.Due, due.Job.Id, 1), (after.Cursor, after.LastDue, after.LastJob, after.Fired));
        AssertNow(after.LastFiredAt!.Value);
        await RegisterAsync();
        Assert.Equal([due.Job.Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Fire_TellsListenersAndWakesAnIdleWorker()
    {
        using var heard = new Heard(Store);
        using var wakes = new WakeUps(Store);
        await SubscribedAsync();
        await SaveAsync();
        await RegisterAsync();
        await ClaimAsync();

        var due = Due();
        await FireAsync(OverlapPolicy.Skip, due);

        await wakes.NextAsync(WakeUp.Work);
        await heard.UntilAsync(due.Job.Id, JobState.Queued);
    }

    [Fact]
    public async Task Fire_Repeated_IsStale()
    {
        var schedule = await SaveAsync();
        var request = new FireRequest("s", schedule.Revision, OverlapPolicy.Skip, [Due()]);
        Assert.False((await Schedules.FireScheduleAsync(request, CancellationToken.None)).IsStale);

        var reply = await Schedules.FireScheduleAsync(request with { Due = [Due()] }, CancellationToken.None);

        Assert.True(reply.IsStale);
        Assert.Equal(1, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
        Assert.Equal(1, (await ScheduleAsync()).Fired);
    }

    [Fact]
    public async Task Fire_BeforeTheDueTimeByTheStoresClock_IsStale()
    {
        await SaveAsync();

        Assert.True((await FireAsync(OverlapPolicy.Skip, new DueJob(Now.AddSeconds(5), Job()))).IsStale);

        Assert.Null((await ScheduleAsync()).LastJob);
    }

    [Fact]
    public async Task Fire_OfAnUnknownSchedule_IsStale() => Assert.True(
        (await Schedules.FireScheduleAsync(new FireRequest("none", 1, OverlapPolicy.Skip, [Due()]), CancellationToken.None)).IsStale);

    [Fact]
    public async Task Fire_ByFiveAtOnce_MakesOneJob()
    {
        for (var round = 0; round < 20; round++)
        {
            var schedule = await SaveAsync($"s{round}");
            var due = Due();
            var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(() => Schedules.FireScheduleAsync(
                // Ids of their own: not the sameness of the job, the schedule's revision decides.
                new FireRequest(schedule.Name, schedule.Revision, OverlapPolicy.Skip, [due with { Job = Job() }]), CancellationToken.None))));
            Assert.Single(replies, reply => !reply.IsStale);
        }

        Assert.Equal(20, (await Store.CountAsync(CancellationToken.None))[JobState.Queued]);
    }

    [Fact]
    public async Task Fire_WithJitter_SchedulesTheJob_WhichCountsAsNotEnded()
    {
        await SaveAsync();
        var due = new DueJob(Now, Job(dueIn: TimeSpan.FromHours(1)));
        await FireAsync(OverlapPolicy.Skip, due);

        await AssertStateAsync(JobState.Scheduled, due.Job.Id);
        Assert.Equal(1, (await FireAsync(OverlapPolicy.Skip, Due())).PassedOver);
    }

    [Fact]
    public async Task Fire_OfAJobThatIsThere_MakesNoSecond()
    {
        await SaveAsync();
        await RegisterAsync();
        var due = Due();
        await FireAsync(OverlapPolicy.Skip, due);
        await FinishAsync(await ClaimOneAsync(), OutcomeKind.Succeeded);

        var reply = await FireAsync(OverlapPolicy.Skip, due);

        Assert.Equal((0, 0), (reply.Fired.Count, reply.PassedOver));
        await AssertStateAsync(JobState.Succeeded, due.Job.Id);
        Assert.Equal(1, (await ScheduleAsync()).Fired);
    }

    [Fact]
    public async Task Fire_WhenAnotherJobHasItsUniqueKey_PassesOver()
    {
        await SaveAsync();
        await EnqueueAsync(Job(unique: "key one"));

        var reply = await FireAsync(OverlapPolicy.Skip, new DueJob(Now, Job(unique: "key one")));

        Assert.Equal((0, 1), (reply.Fired.Count, reply.PassedOver));
        Assert.Null((await ScheduleAsync()).LastJob);
    }

    [Fact]
    public async Task Save_ThatStartsAnew_ForgetsWhatWaitsAndWhatWasDue()
    {
        await SaveAsync();
        await FireAsync(OverlapPolicy.Queue, Due(), Due());
        await AdvanceAsync(Moment);
        var before = await ScheduleAsync();

        Assert.True(await Schedules.SaveScheduleAsync(Write(before.Revision) with { StartsAnew = true }, CancellationToken.None));

        var after = await ScheduleAsync();
        Assert.Empty(after.Waiting);
        AssertNow(after.Cursor);
        Assert.True(after.Cursor > before.Cursor);
        Assert.Equal((before.LastJob, before.Fired), (after.LastJob, after.Fired));
        Assert.False((await DueAsync()).SomeWait);
    }

    [Fact]
    public async Task Save_ThatDoesNot_KeepsThem()
    {
        await SaveAsync();
        await FireAsync(OverlapPolicy.Queue, Due(), Due());
        var before = await ScheduleAsync();

        Assert.True(await Schedules.SaveScheduleAsync(Write(before.Revision) with { Definition = new byte[] { 7 } }, CancellationToken.None));

        var after = await ScheduleAsync();
        Assert.Equal([7], after.Definition.ToArray());
        Assert.Equal(before.Cursor, after.Cursor);
        Assert.Equal(before.Waiting, after.Waiting);
    }

    static ScheduleWrite Write(long revision, string name = "s", bool isActive = true) => new(name, revision, Definition, isActive, StartsAnew: false);

    async Task<StoredSchedule> SaveAsync(string name = "s", bool isActive = true)
    {
        Assert.True(await Schedules.SaveScheduleAsync(Write(0, name, isActive), CancellationToken.None));
        return await ScheduleAsync(name);
    }

    async Task<StoredSchedule> ScheduleAsync(string name = "s") =>
        await Schedules.FindScheduleAsync(name, CancellationToken.None) ?? throw new InvalidOperationException($"There is no schedule '{name}'.");

    Task<DueSchedules> DueAsync() => Schedules.FindDueSchedulesAsync(100, CancellationToken.None);

    DueJob Due(int secondsAgo = 0) => new(DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds()).AddSeconds(-secondsAgo), Job());

    Task<FireReply> FireAsync(OverlapPolicy overlap, params DueJob[] due) => FireAsync(overlap, due, null);

    Task<FireReply> FireHeadAsync(DueJob head) => FireAsync(OverlapPolicy.Queue, [], head);

    async Task<FireReply> FireAsync(OverlapPolicy overlap, DueJob[] due, DueJob? head) => await Schedules.FireScheduleAsync(
        new FireRequest("s", (await ScheduleAsync()).Revision, overlap, due) { Head = head }, CancellationToken.None);

    void AssertNow(DateTimeOffset time) => Assert.InRange(time, Now.AddSeconds(-2), Now.AddMilliseconds(1));
}
