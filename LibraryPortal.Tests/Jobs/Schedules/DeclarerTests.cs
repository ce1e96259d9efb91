using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Engine;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>Schedules declared in code, over restarts and deploys, with what operators changed in between.</summary>
public sealed class DeclarerTests : SchedulerTestBase
{
    static readonly ScheduleRule Nightly = ScheduleRule.Cron("0 2 * * *", "Europe/Berlin");

    static Action<IServiceCollection> Coded(ScheduleRule rule, string key = "k", Action<ScheduleOptions>? configure = null) =>
        services => services.AddJobSchedule("coded", rule, new Script(key), configure);

    [Fact]
    public async Task Start_BringsDeclaredSchedulesIntoTheStore()
    {
        var host = Host(Coded(Nightly, configure: options => options
            .Missed(MissedRuns.None).Overlap(OverlapPolicy.Queue).Jitter(TimeSpan.FromSeconds(9)).Between(At(10), null).Job(job => job.Queue("slow").Tag("night"))));

        await host.LookAsync();

        var record = Assert.Single(await host.Schedules.ListAsync());
        var schedule = record.Schedule!;
        Assert.True(record is { IsDeclared: true, IsChanged: false, IsRetired: false });
        Assert.Equal(
            (Nightly, MissedRuns.None, OverlapPolicy.Queue, TimeSpan.FromSeconds(9), At(10), "slow"),
            (schedule.Rule, schedule.Missed, schedule.Overlap, schedule.Jitter, schedule.StartsAt!.Value, schedule.Job.Queue));
        Assert.Equal(["night"], schedule.Job.Tags);
        Assert.Contains(host.Said, line => line.Contains("Schedule coded is declared: every day at 02:00, Europe/Berlin.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_WithTheSameCode_WritesNothing()
    {
        await Host(Coded(Nightly)).LookAsync();
        var before = await RevisionAsync();
        var lossy = new LossyScheduleStore(Definitions);

        var restarted = Keep(ScheduleHost.Create(Store, Clock, Coded(Nightly), lossy));
        await restarted.LookAsync();

        Assert.Equal(0, lossy.Writes);
        Assert.Equal(before, await RevisionAsync());
        Assert.DoesNotContain(restarted.Said, line => line.Contains("is declared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_AfterDueTimes_LeavesThemToTheMissedRunPolicy()
    {
        await Host(Coded(Hourly)).LookAsync();
        await SetClockAsync(At(12, 30));

        Assert.Equal(1, (await Host(Coded(Hourly)).LookAsync()).Fired);

        Assert.Equal([At(12)], await DueTimesAsync());
    }

    [Fact]
    public async Task Deploy_ChangesWhatTheOperatorDidNot()
    {
        var host = Host(Coded(Nightly));
        await host.LookAsync();
        var schedule = (await host.Schedules.FindAsync("coded"))!.Schedule!;
        await host.Schedules.SaveAsync(schedule with { Rule = ScheduleRule.Cron("0 4 * * *", "Europe/Berlin"), Overlap = OverlapPolicy.Queue });

        var deployed = Host(Coded(ScheduleRule.Cron("0 3 * * *", "Europe/Berlin"), key: "new", options => options.Missed(MissedRuns.None)));
        await deployed.LookAsync();

        var record = (await deployed.Schedules.FindAsync("coded"))!;
        Assert.True(record.IsChanged);
        Assert.Equal(ScheduleRule.Cron("0 4 * * *", "Europe/Berlin"), record.Schedule!.Rule);
        Assert.Equal((OverlapPolicy.Queue, MissedRuns.None), (record.Schedule.Overlap, record.Schedule.Missed));
        Assert.Equal("new", record.Schedule.Job.Args.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Pause_SurvivesRestartsAndDeploys()
    {
        var host = Host(Coded(Nightly));
        await host.LookAsync();
        await host.Schedules.PauseAsync("coded");

        await Host(Coded(Hourly)).LookAsync();
        await SetClockAsync(At(12));
        await Host(Coded(Hourly, key: "new")).LookAsync();

        Assert.Empty(await DueTimesAsync());
        var record = (await host.Schedules.FindAsync("coded"))!;
        Assert.Equal((true, Hourly), (record.Schedule!.IsPaused, record.Schedule.Rule));
    }

    [Fact]
    public async Task Deploy_WithAnotherRule_FiresNothingForThePast()
    {
        await Host(Coded(ScheduleRule.Cron("0 9 1 1 *"))).LookAsync();
        await SetClockAsync(At(20, 30));

        await Host(Coded(Hourly)).LookAsync();

        Assert.Empty(await DueTimesAsync());
    }

    [Fact]
    public async Task Deploy_WithoutTheSchedule_RetiresIt_AndTheNextOneBringsItBack()
    {
        var host = Host(Coded(Nightly));
        await host.LookAsync();
        await host.Schedules.SaveAsync(host.Schedule("mine", Hourly));
        var schedule = (await host.Schedules.FindAsync("coded"))!.Schedule!;
        await host.Schedules.SaveAsync(schedule with { Jitter = TimeSpan.FromMinutes(1) });

        var without = Host();
        await SetClockAsync(At(12));
        await without.LookAsync();

        var record = (await without.Schedules.FindAsync("coded"))!;
        Assert.True(record is { IsRetired: true, IsDeclared: false, NextDue: null });
        Assert.Equal([At(12)], await DueTimesAsync());
        Assert.Contains(without.Said, line => line.Contains("Schedule coded is no longer declared", StringComparison.Ordinal));
        await SetClockAsync(At(12, day: 5));
        Assert.DoesNotContain(await DueTimesAsync(), due => due.Hour == 1);

        var back = Host(Coded(Nightly));
        await back.LookAsync();
        record = (await back.Schedules.FindAsync("coded"))!;
        Assert.True(record is { IsRetired: false, IsDeclared: true, IsChanged: true });
        Assert.Equal(At(1, day: 6), record.NextDue);
    }

    [Fact]
    public async Task RetiredSchedule_CanBeDeletedOrTakenOver()
    {
        await Host(Coded(Nightly)).LookAsync();
        var without = Host();
        await without.LookAsync();

        await without.Schedules.SaveAsync(without.Schedule("coded", Hourly));
        Assert.True((await without.Schedules.FindAsync("coded"))! is { IsRetired: false, IsDeclared: false });
        await Host().LookAsync();
        Assert.False((await without.Schedules.FindAsync("coded"))!.IsRetired);

        Assert.Equal(ScheduleReply.Done, await without.Schedules.DeleteAsync("coded"));
    }

    [Fact]
    public async Task OperatorsSchedule_ThatCodeDeclaresLater_KeepsItsWays()
    {
        var host = Host();
        await host.Schedules.SaveAsync(host.Schedule("coded", Hourly));

        await Host(Coded(Nightly)).LookAsync();

        var record = (await host.Schedules.FindAsync("coded"))!;
        Assert.True(record is { IsDeclared: true, IsChanged: true });
        Assert.Equal(Hourly, record.Schedule!.Rule);
    }

    [Fact]
    public async Task ScheduleOfALaterVersion_ThatThisOneDeclaresToo_IsNamedAndLeft_AndTheOthersAreDeclaredAndFire()
    {
        var later = """{"current":{"rule":{"$type":"lunar"}}}"""u8.ToArray();
        await Definitions.SaveScheduleAsync(new ScheduleWrite("coded", 0, later, IsActive: true, StartsAnew: true), CancellationToken.None);
        var host = Host(services =>
        {
            Coded(Nightly)(services);
            services.AddJobSchedule("too.large", Hourly, new Script(new string('x', 200_000)));
            services.AddJobSchedule("broken", Hourly, new Script("k"), options => options.Job(_ => throw new InvalidOperationException("No luck today.")));
            services.AddJobSchedule("fine", Hourly, new Script("fine"));
        });

        await host.LookAsync();
        await SetClockAsync(At(10));
        await host.LookAsync();

        Assert.Equal([At(10)], await DueTimesAsync());
        Assert.Single(host.Said, line => line.Contains("Schedule coded could not be declared", StringComparison.Ordinal));
        Assert.Single(host.Said, line => line.Contains("Schedule too.large could not be declared", StringComparison.Ordinal));
        Assert.Single(host.Said, line => line.Contains("Schedule broken could not be declared and stays as it is stored: No luck today.", StringComparison.Ordinal));
        Assert.Equal(later, (await Definitions.FindScheduleAsync("coded", CancellationToken.None))!.Definition.ToArray());
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.Schedules.PauseAsync("coded"));
        Assert.Contains("another version of the program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScheduleThatOthersChangeAllTheTime_IsNamed_AndTheOthersAreDeclaredRetiredAndFire()
    {
        var operators = Host(Coded(Nightly));
        await operators.LookAsync();
        await operators.Schedules.SaveAsync(operators.Schedule("busy", Nightly));
        var lossy = new LossyScheduleStore(Definitions) { FailsToSave = static write => write.Name == "busy" };
        var host = Keep(ScheduleHost.Create(Store, Clock, services => services.AddJobSchedule("busy", Hourly, new Script("b")).AddJobSchedule("fine", Hourly, new Script("f")), lossy));

        await host.LookAsync();
        await SetClockAsync(At(10));
        await host.LookAsync();

        Assert.Equal([At(10)], await DueTimesAsync());
        Assert.True((await host.Schedules.FindAsync("coded"))!.IsRetired);
        Assert.Single(host.Said, line => line.Contains("Schedule busy could not be declared and stays as it is stored: The schedule 'busy' changed 100 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ScheduleThatMetTroubleThatPasses_IsDeclaredByALaterLook_AndItAlone()
    {
        await Host(Coded(Nightly)).LookAsync();
        var lossy = new LossyScheduleStore(Definitions) { FailsToSave = static write => write.Name == "busy" };
        var host = Keep(ScheduleHost.Create(Store, Clock, services => services.AddJobSchedule("busy", Hourly, new Script("b")), lossy));
        await host.LookAsync();
        await host.LookAsync();
        Assert.True((await host.Schedules.FindAsync("coded"))!.IsRetired);
        // A newer program brings back what this one retired: an older one's further tries are none of its business.
        await Host(Coded(Nightly)).LookAsync();

        lossy.FailsToSave = static _ => false;
        await host.LookAsync();

        Assert.True((await host.Schedules.FindAsync("busy"))!.IsDeclared);
        Assert.False((await host.Schedules.FindAsync("coded"))!.IsRetired);
        Assert.Single(host.Said, line => line.Contains("Schedule busy could not be declared", StringComparison.Ordinal));
        Assert.Single(host.Said, line => line.Contains("Schedule busy is declared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FiveStartingAtOnce_DeclareOneSchedule()
    {
        var hosts = Enumerable.Range(0, 5).Select(_ => Host(Coded(Nightly))).ToList();

        await Task.WhenAll(hosts.Select(host => Task.Run(host.LookAsync)));

        Assert.Single(await Definitions.ListSchedulesAsync(CancellationToken.None));
    }

    [Fact]
    public void Declaring_WhatCannotWork_StopsTheProgramBeforeItStarts()
    {
        var services = new ServiceCollection();

        var badRule = Assert.Throws<ArgumentException>(() => services.AddJobSchedule("coded", ScheduleRule.Cron("0 25 * * *"), new Script("k")));
        Assert.Contains("The hour field", badRule.Message, StringComparison.Ordinal);
        services.AddJobSchedule("coded", Nightly, new Script("k"));
        var twice = Assert.Throws<ArgumentException>(() => services.AddJobSchedule("coded", Hourly, new Script("k")));
        Assert.Contains("Two schedules are declared as 'coded'", twice.Message, StringComparison.Ordinal);
    }

    async Task<long> RevisionAsync() => (await Definitions.FindScheduleAsync("coded", CancellationToken.None))!.Revision;
}
