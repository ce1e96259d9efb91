using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>The scheduler running by itself: what wakes it, and how quiet it is.</summary>
public sealed class SchedulerServiceTests : SchedulerTestBase
{
    [Fact]
    public async Task Scheduler_WakesAtTheDueTime()
    {
        var host = Host();
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Every(TimeSpan.FromSeconds(5))));
        await host.StartAsync();
        await SettledAsync(host);

        await ForwardUntilAsync("the job is there", async () => await CountAsync(JobState.Queued) == 1);

        Assert.Equal([At(9).AddSeconds(5)], await DueTimesAsync());
        Assert.InRange(Clock.GetUtcNow(), At(9).AddSeconds(5), At(9).AddSeconds(8));
    }

    [Fact]
    public async Task Scheduler_HearsOfAScheduleSavedElsewhere()
    {
        var host = Host();
        await host.StartAsync();
        var elsewhere = Host();

        await elsewhere.Schedules.SaveAsync(elsewhere.Schedule("s", Hourly));

        // Time stands still: only the hint can have woken it.
        await SettledAsync(host);
    }

    [Fact]
    public async Task Scheduler_DrainsWhatWaitsAsRunsEnd()
    {
        var host = Keep(ScheduleHost.Create(Store, TimeProvider.System, worker: true));
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Every(TimeSpan.FromDays(1))) with { Overlap = OverlapPolicy.Queue });
        await host.StartAsync();

        // 09:00 in March, which for the scheduler's store is now.
        var reply = await host.Schedules.BackfillAsync("s", At(0).AddDays(-59), At(0));

        Assert.Equal(new BackfillReply(60, 1, 59), reply);
        // Sixty polls, each after three quarters of a second at least, would come later than the deadline.
        await Eventually.HoldsAsync("all have run", async () => await CountAsync(JobState.Succeeded) == 60);
        Assert.Equal(60, host.Stage.Runs.Count);
    }

    [Fact]
    public async Task Scheduler_BeforeItListensForRunsToEnd_MissesNone()
    {
        var lossy = new LossyScheduleStore(Definitions);
        var host = Keep(ScheduleHost.Create(Store, Clock, schedules: lossy));
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Every(TimeSpan.FromDays(1))) with { Overlap = OverlapPolicy.Queue });
        Assert.Equal(new BackfillReply(2, 1, 1), await host.Schedules.BackfillAsync("s", At(0).AddDays(-1), At(0)));
        await host.LookAsync();
        lossy.AfterLook = async look =>
        {
            if (look.SomeWait && await CountAsync(JobState.Succeeded) == 0)
                await RunOneAsync();
        };

        await host.StartAsync();

        // Time stands still: nobody polls.
        await Eventually.HoldsAsync("the next run is there", async () => await CountAsync(JobState.Succeeded) == 1 && await CountAsync(JobState.Queued) == 1);
    }

    [Fact]
    public async Task Scheduler_WhoseStoreIsOutAtFirst_StartsWhenItIsBack()
    {
        var lossy = new LossyScheduleStore(Definitions) { IsOut = true };
        var host = Keep(ScheduleHost.Create(Store, Clock, services => services.AddJobSchedule("coded", Hourly, new Script("k")), lossy));
        await host.StartAsync();
        await ForwardUntilAsync("it has tried", () => Task.FromResult(Clock.GetUtcNow() > At(9).AddSeconds(5)));
        Assert.Empty(await Definitions.ListSchedulesAsync(CancellationToken.None));

        lossy.IsOut = false;

        await ForwardUntilAsync("it has declared", async () => (await Definitions.ListSchedulesAsync(CancellationToken.None)).Count == 1);
        Assert.DoesNotContain(host.Said, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scheduler_ThatCouldNotDeclareASchedule_TriesAgainSoonerThanItPolls()
    {
        var lossy = new LossyScheduleStore(Definitions) { FailsToSave = static _ => true };
        var host = Keep(ScheduleHost.Create(
            Store, Clock, services => services.AddJobSchedule("s", Hourly, new Script("k")), lossy,
            options => (options.PollInterval, options.MissedAfter) = (TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(90))));
        await host.StartAsync();
        await Eventually.HoldsAsync("it has tried", () => lossy.Looks > 0);

        lossy.FailsToSave = static _ => false;

        await ForwardUntilAsync("it has declared", async () => await host.Schedules.FindAsync("s") is not null);
        Assert.InRange(Clock.GetUtcNow(), At(9), At(9).AddSeconds(44));
    }

    [Fact]
    public async Task Scheduler_WithNothingDue_IsQuiet()
    {
        var lossy = new LossyScheduleStore(Definitions);
        var host = Keep(ScheduleHost.Create(Store, Clock, schedules: lossy));
        await host.Schedules.SaveAsync(host.Schedule("s", ScheduleRule.Cron("0 0 1 1 *")));
        await host.StartAsync();
        await SettledAsync(host);
        await Eventually.HoldsAsync("it has come to rest", () => lossy.Looks >= 2);
        var before = lossy.Looks;

        // A minute in steps that let it run in between.
        for (var step = 0; step < 60; step++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.InRange(lossy.Looks - before, 0, 9);
    }

    [Theory]
    [InlineData("00:00:30", "00:00:30", "expected less than Jobs:Schedules:MissedAfter (00:00:30)")]
    [InlineData("00:00:10", "00:02:00", "MissedAfter")]
    public void Settings_ThatDoNotFit_AreRefused(string poll, string missedAfter, string said)
    {
        var services = new ServiceCollection();
        services.AddJobScheduler();
        services.Configure<SchedulerOptions>(options =>
        {
            options.PollInterval = TimeSpan.Parse(poll, System.Globalization.CultureInfo.InvariantCulture);
            options.MissedAfter = TimeSpan.Parse(missedAfter, System.Globalization.CultureInfo.InvariantCulture);
        });
        using var provider = services.BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SchedulerOptions>>().Value);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    // Settled means looked at: its time to look again is known, so it is not due now.
    async Task SettledAsync(ScheduleHost host) => await Eventually.HoldsAsync(
        "the schedule is looked at", async () => (await host.Schedules.FindAsync("s")) is not null && (await Definitions.FindDueSchedulesAsync(1, CancellationToken.None)).Due.Count == 0);

    // From one time that the scheduler waits for to the next: while it is at work time stands still, however long it takes on a busy machine.
    Task<TimeSpan> ForwardUntilAsync(string what, Func<Task<bool>> condition) => Eventually.HoldsAsync(what, async () =>
    {
        if (await condition())
            return true;
        if (Clock.NextTimer is { } next)
            Clock.Advance(next - Clock.GetUtcNow());
        return false;
    });
}
