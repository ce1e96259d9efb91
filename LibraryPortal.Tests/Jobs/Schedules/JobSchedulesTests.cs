using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Engine;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>What operators do with schedules.</summary>
public sealed class JobSchedulesTests : SchedulerTestBase
{
    static void DeclareHourly(IServiceCollection services) => services.AddJobSchedule("coded", Hourly, new Script("k"));

    [Fact]
    public async Task List_TellsRuleNextAndLastRun()
    {
        var host = await HostWithAsync(ScheduleRule.Cron("30 7 * * 1-5", "Europe/Berlin"));
        await SetClockAsync(At(6, 30, day: 3));
        await host.LookAsync();

        var record = Assert.Single(await host.Schedules.ListAsync());

        Assert.Equal(("s", "every weekday at 07:30, Europe/Berlin"), (record.Name, record.Sentence));
        Assert.Equal((At(6, 30, day: 4), At(6, 30, day: 3), At(6, 30, day: 3)), (record.NextDue!.Value, record.LastDue!.Value, record.LastFiredAt!.Value));
        Assert.Equal((FiredJob.IdAt("s", At(6, 30, day: 3)), JobState.Queued, 1), (record.LastJob!.Value, record.LastState!.Value, record.Fired));
        Assert.Null(record.Problem);
        Assert.False(record.IsDeclared || record.IsChanged || record.IsRetired);

        await RunOneAsync(OutcomeKind.Failed);
        Assert.Equal(JobState.Failed, (await host.Schedules.FindAsync("s"))!.LastState);
    }

    [Fact]
    public async Task Save_GivesBackWhatWasSaved()
    {
        var host = Host();
        var schedule = host.Schedule("s", ScheduleRule.Every(TimeSpan.FromMinutes(90))) with
        {
            Missed = MissedRuns.UpTo(7), Overlap = OverlapPolicy.CancelPrevious, Jitter = TimeSpan.FromSeconds(5), IsPaused = true, StartsAt = At(12), EndsAt = At(20),
        };

        await host.Schedules.SaveAsync(schedule);

        var kept = (await host.Schedules.FindAsync("s"))!.Schedule!;
        Assert.Equal(schedule with { Job = kept.Job }, kept);
        Assert.Equal("test.script", kept.Job.Name);
    }

    [Fact]
    public async Task Save_OfWhatCannotWork_IsRefusedInWords()
    {
        var host = Host();
        var good = host.Schedule("s", Hourly);
        (Schedule Bad, string Said)[] cases =
        [
            (good with { Name = "Nightly run" }, "'Nightly run' is not a schedule name"),
            (good with { Rule = ScheduleRule.Cron("61 * * * *") }, "The minute field of the cron rule '61 * * * *' is wrong"),
            (good with { Rule = ScheduleRule.Cron("0 * * * *", "Mars/Olympus") }, "'Mars/Olympus' is not a time zone"),
            (good with { Missed = MissedRuns.UpTo(1_001) }, "expected 0 to 1000"),
            (good with { Missed = MissedRuns.UpTo(-1) }, "expected 0 to 1000"),
            (good with { Overlap = (OverlapPolicy)9 }, "expected one of Skip, Queue, CancelPrevious, Allow"),
            (good with { Jitter = TimeSpan.FromHours(25) }, "expected zero to 1.00:00:00"),
            (good with { Jitter = TimeSpan.FromTicks(-1) }, "expected zero to"),
            (good with { StartsAt = At(3), EndsAt = At(2) }, "not after its start"),
            (good with { Job = good.Job with { Name = "No Job" } }, "'No Job' is not a job name"),
        ];

        foreach (var (bad, said) in cases)
        {
            var refusal = await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Schedules.SaveAsync(bad));
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await host.Schedules.ListAsync());
    }

    [Fact]
    public async Task Delete_ForgetsAnOperatorsSchedule()
    {
        var host = await HostWithAsync(Hourly);

        Assert.Equal(ScheduleReply.Done, await host.Schedules.DeleteAsync("s"));

        Assert.Equal(ScheduleReply.Unknown, await host.Schedules.DeleteAsync("s"));
        await SetClockAsync(At(10));
        await host.LookAsync();
        Assert.Empty(await DueTimesAsync());
    }

    [Fact]
    public async Task Delete_OfADeclaredSchedule_IsRefused()
    {
        var host = Host(DeclareHourly);
        await host.LookAsync();

        Assert.Equal(ScheduleReply.DeclaredInCode, await host.Schedules.DeleteAsync("coded"));

        Assert.Single(await host.Schedules.ListAsync());
    }

    [Fact]
    public async Task Steering_OfAnUnknownSchedule_SaysSo()
    {
        var host = Host();

        Assert.Equal(ScheduleReply.Unknown, await host.Schedules.PauseAsync("none"));
        Assert.Equal(ScheduleReply.Unknown, await host.Schedules.ResumeAsync("none"));
        Assert.Equal(ScheduleReply.Unknown, await host.Schedules.ResetAsync("none"));
        Assert.Null(await host.Schedules.RunNowAsync("none"));
        Assert.Null(await host.Schedules.BackfillAsync("none", At(7), At(8)));
        Assert.Null(await host.Schedules.FindAsync("none"));
    }

    [Fact]
    public async Task ChangeRule_LeavesAPauseThatSomebodyElseMadeMeanwhile()
    {
        var (host, rule) = (await HostWithAsync(Hourly), ScheduleRule.Every(TimeSpan.FromMinutes(15)));
        var store = new LossyScheduleStore(Definitions) { BeforeSave = () => host.Schedules.PauseAsync("s") };
        var other = Keep(ScheduleHost.Create(Store, Clock, schedules: store));

        Assert.Equal(ScheduleReply.Done, await other.Schedules.ChangeRuleAsync("s", rule));

        var kept = (await host.Schedules.FindAsync("s"))!.Schedule!;
        Assert.Equal((true, rule), (kept.IsPaused, kept.Rule));
        Assert.Equal(ScheduleReply.Unknown, await other.Schedules.ChangeRuleAsync("none", rule));
    }

    [Fact]
    public async Task Pause_DropsWhatWaits()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Missed = MissedRuns.UpTo(5), Overlap = OverlapPolicy.Queue });
        await SetClockAsync(At(12, 30));
        await host.LookAsync();
        Assert.Equal(2, (await host.Schedules.FindAsync("s"))!.Waiting);

        await host.Schedules.PauseAsync("s");
        await RunOneAsync();
        await host.LookAsync();

        Assert.Empty(await DueTimesAsync());
    }

    [Fact]
    public async Task Reset_GivesADeclaredScheduleBackToTheCode()
    {
        var host = Host(DeclareHourly);
        await host.LookAsync();
        await host.Schedules.SaveAsync(host.Schedule("coded", ScheduleRule.Cron("5 * * * *")));
        Assert.True((await host.Schedules.FindAsync("coded"))!.IsChanged);

        Assert.Equal(ScheduleReply.Done, await host.Schedules.ResetAsync("coded"));

        var record = (await host.Schedules.FindAsync("coded"))!;
        Assert.Equal((Hourly, false), (record.Schedule!.Rule, record.IsChanged));
        await host.Schedules.SaveAsync(host.Schedule("mine", Hourly));
        Assert.Equal(ScheduleReply.NotDeclared, await host.Schedules.ResetAsync("mine"));
    }

    [Fact]
    public async Task RunNow_FiresWhateverStandsAgainstIt()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { IsPaused = true, Jitter = TimeSpan.FromHours(1) });

        var first = await host.Schedules.RunNowAsync("s");
        var second = await host.Schedules.RunNowAsync("s");

        Assert.True(first!.IsNew);
        Assert.NotEqual(first.Id, second!.Id);
        Assert.Equal(2, await CountAsync(JobState.Queued));
        var record = (await host.Schedules.FindAsync("s"))!;
        Assert.Equal((second.Id, null), (record.LastJob, record.NextDue));
    }

    [Fact]
    public async Task RunNow_DoesNotMoveTheSchedule()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Overlap = OverlapPolicy.CancelPrevious });
        await SetClockAsync(At(9, 59));
        await host.Schedules.RunNowAsync("s");
        await SetClockAsync(At(10));

        Assert.Equal(1, (await host.LookAsync()).Fired);
    }

    [Fact]
    public async Task Backfill_FiresTheDueTimesOfAStretch_ThoseThatAreThereNotAgain()
    {
        var host = await HostWithAsync(Hourly);
        await SetClockAsync(At(10));
        await host.LookAsync();
        await SetClockAsync(At(12, 30));

        var reply = await host.Schedules.BackfillAsync("s", At(8), At(12));
        var again = await host.Schedules.BackfillAsync("s", At(8), At(12));

        Assert.Equal(new BackfillReply(5, 4, 0), reply);
        Assert.Equal(new BackfillReply(5, 0, 0), again);
        Assert.Equal([At(8), At(9), At(10), At(11), At(12)], await DueTimesAsync());
    }

    [Fact]
    public async Task Backfill_WhereRunsQueue_RunsOneAfterTheOther_EvenWhilePaused()
    {
        var host = await HostWithAsync(Hourly, schedule => schedule with { Overlap = OverlapPolicy.Queue, IsPaused = true });
        await SetClockAsync(At(12, 30));

        Assert.Equal(new BackfillReply(3, 1, 2), await host.Schedules.BackfillAsync("s", At(10), At(12)));

        for (var hour = 10; hour <= 12; hour++)
        {
            Assert.Equal([At(hour)], await DueTimesAsync());
            await RunOneAsync();
            await host.LookAsync();
        }

        Assert.Empty(await DueTimesAsync());
    }

    [Fact]
    public async Task Backfill_OfMoreThanABatch_FiresThemAll()
    {
        var host = await HostWithAsync(ScheduleRule.Every(TimeSpan.FromMinutes(1)));
        await SetClockAsync(At(20));

        Assert.Equal(new BackfillReply(480, 480, 0), await host.Schedules.BackfillAsync("s", At(11, 1), At(19)));
    }

    [Fact]
    public async Task Backfill_OfAScheduleThatIsDeletedMeanwhile_SaysWhatWasFired()
    {
        var schedules = new LossyScheduleStore(Definitions);
        var host = Keep(ScheduleHost.Create(Store, Clock, schedules: schedules));
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Every(TimeSpan.FromMinutes(1))));
        await SetClockAsync(At(20));
        schedules.AfterFire = () => host.Schedules.DeleteAsync("s");

        var reply = await host.Schedules.BackfillAsync("s", At(11, 1), At(19));

        Assert.Equal(new BackfillReply(480, await CountAsync(JobState.Queued), 0, IsCutShort: true), reply);
        Assert.InRange(reply!.Fired, 1, 479);
        Assert.Null(await host.Schedules.BackfillAsync("s", At(11, 1), At(19)));
    }

    [Fact]
    public async Task Backfill_StoppedWhileTheStoreTakesABatch_HasToldOfIt()
    {
        var schedules = new LossyScheduleStore(Definitions);
        var host = Keep(ScheduleHost.Create(Store, Clock, schedules: schedules));
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Every(TimeSpan.FromMinutes(1))));
        await SetClockAsync(At(20));
        using var stop = new CancellationTokenSource();
        schedules.BeforeFire = _ => stop.Cancel();
        var told = new LastReport<BackfillReply>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Schedules.BackfillAsync("s", At(11, 1), At(19), told, stop.Token));

        Assert.Equal(await CountAsync(JobState.Queued), told.Value!.Fired);
        Assert.InRange(told.Value.Fired, 1, 479);
    }

    [Fact]
    public async Task Backfill_OfAStretchItCannotDo_IsRefused()
    {
        var host = await HostWithAsync(ScheduleRule.Every(TimeSpan.FromSeconds(1)));

        await Assert.ThrowsAsync<ArgumentException>(() => host.Schedules.BackfillAsync("s", At(8), At(7)));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Schedules.BackfillAsync("s", At(8), At(9, 1)));
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => host.Schedules.BackfillAsync("s", At(8), At(9)));
        Assert.Contains("more than 1000 due times", refusal.Message, StringComparison.Ordinal);
    }
}
