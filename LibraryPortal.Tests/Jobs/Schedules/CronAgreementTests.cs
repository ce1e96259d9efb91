using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Jobs.Schedules;
using Quartz;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>What five fields mean, compared with the reading of a library that many use. In UTC only: over changes of clocks that one has gaps.</summary>
public sealed class CronAgreementTests
{
    // Where both day fields are restricted, Quartz joins them in ways of its own; crontab(5)'s way is tested against a count of every minute instead.
    static readonly Gen<CronSample> Undisputed = CronSample.Generator.Where(cron => cron.Day.Text == "*" || cron.Weekday.Text == "*");

    [Fact]
    public void DueTimes_InUtc_AreThoseOfQuartz() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Undisputed.Zip(Gen.Choose(0, 40_000)).ToArbitrary(),
        sample =>
        {
            var (cron, day) = sample;
            var from = DateTimeOffset.UnixEpoch.AddDays(day);

            var ours = Timetable.Create(ScheduleRule.Cron(cron.Text)).Upcoming(from, 30);

            Assert.Equal(TheirDueTimes(cron.Text, from).Take(30).TakeWhile(IsInTheirReach), ours.TakeWhile(IsInTheirReach));
        }));

    // Quartz looks a hundred years ahead of today and no further, which thirty 29ths of February are.
    static bool IsInTheirReach(DateTimeOffset due) => due.Year < 2100;

    static IEnumerable<DateTimeOffset> TheirDueTimes(string text, DateTimeOffset after)
    {
        var cron = Quartz.CronExpression.Parse(text, CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);
        for (var due = cron.GetNextValidTimeAfter(after); due is not null; due = cron.GetNextValidTimeAfter(due.Value))
            yield return due.Value;
    }
}
