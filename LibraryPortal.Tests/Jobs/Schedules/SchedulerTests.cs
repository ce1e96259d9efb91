using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>What a look at the schedules comes to: in time, late, after a pause, with a clock that jumps, with replies that get lost. A store's tests derive from it.</summary>
public abstract class SchedulerTests : SchedulerTestBase
{
    [Fact]
    public async Task Look_FiresAtTheDueTimeAndNeverBefore()
    {
        var host = await HostWithAsync(Hourly);

        await SetClockAsync(At(10).AddMilliseconds(-1));
        var early = await host.LookAsync();
        Assert.Equal(0, early.Fired);
        Assert.Equal(TimeSpan.FromMilliseconds(1), early.Next);

        await SetClockAsync(At(10));
        Assert.Equal(1, (await host.LookAsync()).Fired);
        Assert.Equal([At(10)], await DueTimesAsync());
        Assert.Equal(0, (await host.LookAsync()).Fired);
    }

    [Fact]
    public async Task Metrics_CountTheJobOfADueTime_OnceHoweverManyLook()
    {
        using var heard = new HeardMetrics();
        var queue = $"due-{Guid.NewGuid():N}";
        var host = await HostWithAsync(Hourly, schedule => schedule with { Job = schedule.Job with { Queue = queue } });

        await SetClockAsync(At(10));
        await Task.WhenAll(host.LookAsync(), Host().LookAsync());

        Assert.Equal(1, heard.Sum("jobs.enqueued", ("queue", queue)));
    }

    [Fact]
    public async Task Fire_IsTold_AndItsJobCarriesWhereItCameFrom()
    {
        var host = await HostWithAsync(Hourly);
        using var heard = new HeardActivities();

        await SetClockAsync(At(10));
        await host.LookAsync();

        var fire = Assert.Single(heard.Of("fire s"));
        Assert.Equal((ActivityKind.Producer, "s"), (fire.Kind, fire.GetTagItem("schedule")));
        Assert.Equal(fire.Id, (await ClaimAsync()).Envelope.TraceParent);
    }

    [Fact]
    public async Task Job_CarriesItsDueTimeItsTagAndTheArguments()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Job = schedule.Job with { Tags = ["red"], Owner = "ana" } });
        await SetClockAsync(At(10).AddSeconds(20));
        await host.LookAsync();

        var job = (await ClaimAsync()).Envelope;

        Assert.Equal((At(10), At(10).AddSeconds(20), "ana"), (job.ScheduledFor!.Value, job.EnqueuedAt, job.Owner));
        Assert.Equal(["red", "schedule:s"], job.Tags);
        Assert.Equal("k", job.Args.GetProperty("key").GetString());
        Assert.Equal(FiredJob.IdAt("s", At(10)), job.Id);
    }

    [Fact]
    public async Task Look_OnARuleInAZone_FollowsItsClock()
    {
        var host = await HostWithAsync(ScheduleRule.Cron("30 2 * * *", "Europe/Berlin"));
        // Noted as they come: what has run is forgotten after a day.
        List<DateTimeOffset> due = [];
        for (var hours = 0; hours < 24 * 30; hours++)
        {
            await SetClockAsync(Clock.GetUtcNow() + TimeSpan.FromHours(1));
            await host.LookAsync();
            if (await CountAsync(JobState.Queued) == 0)
                continue;
            due.AddRange(await DueTimesAsync());
            await RunOneAsync();
        }

        Assert.Equal(30, due.Count);
        Assert.Contains(At(1, day: 29), due);
    }

    [Theory]
    [InlineData(0, OverlapPolicy.Skip, new int[0], 0, 0)]
    [InlineData(0, OverlapPolicy.Queue, new int[0], 0, 0)]
    [InlineData(0, OverlapPolicy.CancelPrevious, new int[0], 0, 0)]
    [InlineData(1, OverlapPolicy.Skip, new[] { 14 }, 0, 0)]
    [InlineData(1, OverlapPolicy.Queue, new[] { 14 }, 0, 0)]
    [InlineData(1, OverlapPolicy.CancelPrevious, new[] { 14 }, 0, 0)]
    [InlineData(3, OverlapPolicy.Skip, new[] { 14 }, 2, 0)]
    [InlineData(3, OverlapPolicy.Queue, new[] { 12 }, 0, 2)]
    [InlineData(3, OverlapPolicy.CancelPrevious, new[] { 14 }, 2, 0)]
    [InlineData(0, OverlapPolicy.Allow, new int[0], 0, 0)]
    [InlineData(1, OverlapPolicy.Allow, new[] { 14 }, 0, 0)]
    [InlineData(3, OverlapPolicy.Allow, new[] { 12, 13, 14 }, 0, 0)]
    public async Task Look_AfterFiveMissedHours_DoesAsThePoliciesSay(int madeUp, OverlapPolicy overlap, int[] fired, int passedOver, int waiting)
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Missed = MissedRuns.UpTo(madeUp), Overlap = overlap });

        await SetClockAsync(At(14, 30));
        var turn = await host.LookAsync();

        Assert.Equal([.. fired.Select(hour => At(hour))], await DueTimesAsync());
        Assert.Equal(passedOver, turn.PassedOver);
        var record = (await host.Schedules.FindAsync("s"))!;
        Assert.Equal((waiting, At(15)), (record.Waiting, record.NextDue));
        await SetClockAsync(At(15));
        if (fired.Length > 0 && waiting == 0)
            await RunOneAsync();
        await host.LookAsync();
        Assert.Equal(waiting == 0, (await DueTimesAsync()).Contains(At(15)));
    }

    [Fact]
    public async Task Look_JustAfterTheGrace_CountsAsMissed()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Missed = MissedRuns.None });
        await SetClockAsync(At(10).AddSeconds(29));
        Assert.Equal(1, (await host.LookAsync()).Fired);
        await SetClockAsync(At(11).AddSeconds(31));
        Assert.Equal(0, (await host.LookAsync()).Fired);
    }

    [Fact]
    public async Task Look_WithAClockThatJumpsBackAndForth_FiresEachDueTimeOnce()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Missed = MissedRuns.UpTo(5), Overlap = OverlapPolicy.CancelPrevious });
        foreach (var time in new[] { At(10), At(9), At(9, 59), At(10), At(11), At(10, 30), At(8, 45), At(10, 59), At(11), At(12), At(11, 59), At(12) })
        {
            await SetClockAsync(time);
            await host.LookAsync();
        }

        var all = (await DueTimesAsync()).Concat(await DueTimesAsync(JobState.Cancelled)).Order();
        Assert.Equal([At(10), At(11), At(12)], all);
    }

    [Fact]
    public async Task Look_AfterTheClockWasAYearAheadForAMoment_GoesOnFromNow()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Overlap = OverlapPolicy.CancelPrevious });
        await SetClockAsync(At(10).AddYears(1));
        await host.LookAsync();
        await SetClockAsync(At(9, 10));
        await host.LookAsync();
        Assert.Equal(At(10), (await host.Schedules.FindAsync("s"))!.NextDue);

        await SetClockAsync(At(10));
        await host.LookAsync();

        Assert.Contains(At(10), await DueTimesAsync());
    }

    [Fact]
    public async Task Pause_AcrossDueTimes_MakesUpForNothing()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Missed = MissedRuns.UpTo(100) });
        Assert.Equal(ScheduleReply.Done, await host.Schedules.PauseAsync("s"));
        Assert.Null((await host.Schedules.FindAsync("s"))!.NextDue);
        await SetClockAsync(At(13, 30));
        await host.LookAsync();

        await host.Schedules.ResumeAsync("s");
        await host.LookAsync();
        Assert.Empty(await DueTimesAsync());

        await SetClockAsync(At(14));
        await host.LookAsync();
        Assert.Equal([At(14)], await DueTimesAsync());
    }

    [Fact]
    public async Task Edit_OfTheRule_FiresNothingForThePast()
    {
        var host = await HostWithAsync(ScheduleRule.Cron("0 9 1 1 *"));
        await SetClockAsync(At(20));

        await host.Schedules.SaveAsync(host.Schedule("s", Hourly));
        await host.LookAsync();

        Assert.Empty(await DueTimesAsync());
        Assert.Equal(At(21), (await host.Schedules.FindAsync("s"))!.NextDue);
    }

    [Fact]
    public async Task Edit_OfAnythingElse_KeepsWhatIsDue()
    {
        var host = await HostWithAsync(Hourly);
        await SetClockAsync(At(10));

        await host.Schedules.SaveAsync(host.Schedule("s", Hourly, key: "new"));
        await host.LookAsync();

        Assert.Equal("new", (await ClaimAsync()).Envelope.Args.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Queue_DrainsOneByOneInOrder()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Missed = MissedRuns.UpTo(5), Overlap = OverlapPolicy.Queue });
        await SetClockAsync(At(13, 30));
        await host.LookAsync();
        for (var hour = 10; hour <= 13; hour++)
        {
            Assert.Equal([At(hour)], await DueTimesAsync());
            await RunOneAsync(hour == 11 ? OutcomeKind.Failed : OutcomeKind.Succeeded);
            await host.LookAsync();
        }

        Assert.Empty(await DueTimesAsync());
        Assert.Equal(4, (await host.Schedules.FindAsync("s"))!.Fired);
    }

    [Fact]
    public async Task Jitter_DelaysTheJobWithinItsBound()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Jitter = TimeSpan.FromMinutes(30) });
        await SetClockAsync(At(10));
        await host.LookAsync();

        var job = (await Store.FindAsync(FiredJob.IdAt("s", At(10)), CancellationToken.None))!;

        Assert.Equal(JobState.Scheduled, job.State);
        Assert.InRange(job.DueAt!.Value, At(10), At(10, 30));
    }

    [Fact]
    public async Task StartAndEnd_BoundWhatFires()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { StartsAt = At(11), EndsAt = At(13), Overlap = OverlapPolicy.Queue });
        foreach (var hour in Enumerable.Range(10, 5))
        {
            await SetClockAsync(At(hour));
            await host.LookAsync();
            if (await CountAsync(JobState.Queued) > 0)
                await RunOneAsync();
        }

        Assert.Equal([At(11), At(12)], await DueTimesAsync(JobState.Succeeded));
        Assert.Null((await host.Schedules.FindAsync("s"))!.NextDue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Look_WhoseFiringIsLost_FiresOnceInTheEnd(bool loseReply)
    {
        var lossy = new LossyScheduleStore(Definitions);
        var host = Keep(ScheduleHost.Create(Store, Clock, schedules: lossy));
        await host.Schedules.SaveAsync(host.Schedule("s", Hourly));
        await host.LookAsync();
        await SetClockAsync(At(10));
        (lossy.LoseReply, lossy.LoseRequest) = (loseReply, !loseReply);

        await Assert.ThrowsAsync<JobStoreUnavailableException>(host.LookAsync);
        // The one that died is replaced by another.
        await Host().LookAsync();
        await host.LookAsync();

        Assert.Equal([At(10)], await DueTimesAsync());
    }

    [Fact]
    public async Task Look_FrozenBetweenReadingAndFiring_FiresNothingThatAnotherFiredMeanwhile_AndThenGoesOn()
    {
        var other = await HostWithAsync(Hourly, schedule => schedule with
        {
            Missed = MissedRuns.UpTo(5), Overlap = OverlapPolicy.Allow, Job = schedule.Job with { ResultTtl = TimeSpan.FromSeconds(1), KeepsHistory = false },
        });
        var (reading, thaw) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var lossy = new LossyScheduleStore(Definitions)
        {
            HoldsFire = () =>
            {
                reading.TrySetResult();
                return thaw.Task;
            },
        };
        var frozen = Keep(ScheduleHost.Create(Store, Clock, schedules: lossy));
        await SetClockAsync(At(10));
        var look = frozen.LookAsync();
        await reading.Task.WaitAsync(Eventually.Deadline, TimeProvider.System);

        Assert.Equal(1, (await other.LookAsync()).Fired);
        // Run and forgotten: its id alone would keep nobody from firing it again.
        var run = await RunOneAsync();
        await SetClockAsync(At(11));
        Assert.Equal(1, (await other.LookAsync()).Fired);
        await Store.PruneAsync(10, CancellationToken.None);
        Assert.Null(await Store.FindAsync(run, CancellationToken.None));
        thaw.SetResult();

        Assert.Equal(0, (await look).Fired);
        Assert.Equal([At(11)], await DueTimesAsync());
        await SetClockAsync(At(12));
        Assert.Equal(1, (await frozen.LookAsync()).Fired);
        Assert.Equal([At(11), At(12)], await DueTimesAsync());
    }

    [Fact]
    public async Task Look_WithMoreSchedulesThanOneLookTakes_FiresThemAll()
    {
        var host = Host();
        for (var i = 0; i < 230; i++)
            await host.Schedules.SaveAsync(host.Schedule($"s{i}", Hourly));
        await host.LookAsync();
        await SetClockAsync(At(10));

        Assert.Equal(230, (await host.LookAsync()).Fired);
    }

    [Fact]
    public async Task Look_AtSchedulesWhoseJobIsRefused_FiresTheOthers_AndSaysSoOncePerRevision()
    {
        var lossy = new LossyScheduleStore(Definitions);
        var host = Keep(ScheduleHost.Create(Store, Clock, schedules: lossy));
        // More than a look takes, and all due before the one that can be fired.
        for (var i = 0; i < 101; i++)
            await host.Schedules.SaveAsync(host.Schedule($"refused{i}", Hourly));
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Cron("5 10 * * *")));
        await host.LookAsync();
        lossy.BeforeFire = static request => _ = request.Name == "s" ? 0 : throw new JobRefusedException($"The queue of {request.Name} cannot be added.");
        await SetClockAsync(At(10, 5));

        Assert.Equal((0, 100), await LookAsync());
        Assert.Equal((1, 101), await LookAsync());
        Assert.Equal((0, 101), await LookAsync());

        Assert.Equal([At(10, 5)], await DueTimesAsync());
        Assert.Equal(101, host.Said.Count(line => line.Contains("cannot be fired; it is tried again and again: The queue of", StringComparison.Ordinal)));
        // Changed, it is told of anew; and once it can be fired it makes up for what it missed as any other.
        await host.Schedules.SaveAsync(host.Schedule("refused7", Hourly, key: "new"));
        await host.LookAsync();
        Assert.Equal(2, host.Said.Count(line => line.Contains("Schedule refused7 is due", StringComparison.Ordinal)));
        lossy.BeforeFire = static _ => { };
        Assert.Equal(101, (await host.LookAsync()).Fired);

        async Task<(int Fired, int Unusable)> LookAsync()
        {
            var turn = await host.Scheduler.LookAsync(CancellationToken.None);
            return (turn.Fired, turn.Unusable);
        }
    }

    [Fact]
    public async Task Look_AtAScheduleItCannotRead_GoesOnWithTheOthersAndSaysSoOnce()
    {
        var host = await HostWithAsync(Hourly);
        await Definitions.SaveScheduleAsync(
            new ScheduleWrite("later", 0, """{"current":{"rule":{"$type":"lunar"}}}"""u8.ToArray(), IsActive: true, StartsAnew: true), CancellationToken.None);
        await SetClockAsync(At(10));

        var turns = new[] { await host.LookAsync(), await host.LookAsync() };

        Assert.Equal(1, turns.Sum(turn => turn.Fired));
        Assert.Equal(1, turns[1].Unusable);
        Assert.Single(host.Said, line => line.Contains("Schedule later cannot be worked with here", StringComparison.Ordinal));
        var record = (await host.Schedules.FindAsync("later"))!;
        Assert.Null(record.Schedule);
        Assert.Contains("another version of the program", record.Problem, StringComparison.Ordinal);
        Assert.Equal(2, (await host.Schedules.ListAsync()).Count);
    }
}
