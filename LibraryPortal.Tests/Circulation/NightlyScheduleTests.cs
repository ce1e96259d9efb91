using LibraryPortal.Circulation.Opening;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Circulation;

/// <summary>The nightly round in the running program: declared, due in the library's zone, and a job that succeeds.</summary>
public sealed class NightlyScheduleTests(PortalApp app) : IClassFixture<PortalApp>
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Round_RunsAsAJob()
    {
        var schedules = app.Services.GetRequiredService<IJobSchedules>();
        await Eventually.HoldsAsync("the schedule is declared", async () => await schedules.FindAsync(NightlySchedule.ScheduleName, Patience) is not null, Long);

        var job = await schedules.RunNowAsync(NightlySchedule.ScheduleName, Patience);

        Assert.NotNull(job);
        var jobs = app.Services.GetRequiredService<IJobClient>();
        await Eventually.HoldsAsync("the round has run", async () => (await jobs.FindAsync(job.Id, Patience))?.State == JobState.Succeeded, Long);
    }

    [Fact]
    public async Task Zone_OfTheSchedule_FollowsTheLibrarys()
    {
        var schedules = app.Services.GetRequiredService<IJobSchedules>();
        await Eventually.HoldsAsync("the schedule is declared", async () => await schedules.FindAsync(NightlySchedule.ScheduleName, Patience) is not null, Long);
        await using (var database = await app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Patience))
        {
            var settings = await database.Settings.SingleAsync(Patience);
            Assert.True(settings.Change("Town library", "Asia/Tokyo", [DayOfWeek.Monday, DayOfWeek.Friday], 14).IsAllowed);
            await database.SaveChangesAsync(Patience);
        }

        app.Services.GetRequiredService<ILiveBoard>().Publish(new CalendarChanged());

        await Eventually.HoldsAsync("the schedule follows",
            async () => (await schedules.FindAsync(NightlySchedule.ScheduleName, Patience))?.Schedule?.Rule is CronRule { Zone: "Asia/Tokyo", Text: "10 0 * * *" }, Long);
        var calendar = app.Services.GetRequiredService<CurrentCalendar>();
        Assert.Equal("Asia/Tokyo", calendar.Zone.Zone.Id);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], calendar.Value.Opening.Days);
    }
}
