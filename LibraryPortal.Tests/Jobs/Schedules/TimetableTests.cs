using System.Globalization;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

public sealed class TimetableTests
{
    static readonly DateTimeOffset Noon = Time("2026-11-22T12:00:00Z");

    [Theory]
    [InlineData("* * *", "has 3 fields; expected five")]
    [InlineData("@daily", "Every day is written '0 0 * * *'")]
    [InlineData("0 0 0 * * *", "has 6 fields")]
    [InlineData("", "has 0 fields")]
    [InlineData("60 * * * *", "The minute field of the cron rule '60 * * * *' is wrong: '60' is not one of its values: expected 0 to 59.")]
    [InlineData("* 24 * * *", "The hour field")]
    [InlineData("* * 0 * *", "The day-of-month field")]
    [InlineData("* * * 13 *", "expected 1 to 12 or JAN to DEC")]
    [InlineData("* * * * 8", "expected 0 to 7 (0 and 7 are Sunday) or SUN to SAT")]
    [InlineData("* * L * *", "'L' is not one of its values")]
    [InlineData("*/0 * * * *", "'*/0' has no usable step: expected a number from 1 to 59")]
    [InlineData("*/60 * * * *", "no usable step")]
    [InlineData("5/15 * * * *", "'5/15' gives a step without a range: write 5-59/15")]
    [InlineData("* 22-2 * * *", "the range '22-2' runs backwards: write it as two, 22-23,0-2")]
    [InlineData("1,,2 * * * *", "'' is not one of its values")]
    [InlineData("-1 * * * *", "'-1' is not one of its values")]
    [InlineData("+1 * * * *", "'+1' is not one of its values")]
    [InlineData("0 0 31 2,4 *", "is never due: no month it names has the day it names")]
    public void TryCreate_WithABadCronRule_SaysWhichFieldAndWhatIsExpected(string cron, string said)
    {
        Assert.False(Timetable.TryCreate(ScheduleRule.Cron(cron), null, null, out _, out var problem));
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Berlinn", "'Europe/Berlinn' is not a time zone this machine knows; expected an IANA name such as Europe/Berlin.")]
    [InlineData("Sao Paulo", "such as America/Sao_Paulo.")]
    [InlineData("W. Europe Standard Time", "is not a time zone this machine knows")]
    [InlineData("", "'' is not a time zone")]
    public void TryCreate_WithAnUnknownZone_SaysSo(string zone, string said)
    {
        Assert.False(Timetable.TryCreate(ScheduleRule.Cron("0 0 * * *", zone), null, null, out _, out var problem));
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void TryCreate_WithAnIntervalOfNoWholeSeconds_IsRefused(double seconds)
    {
        Assert.False(Timetable.TryCreate(ScheduleRule.Every(TimeSpan.FromSeconds(seconds)), null, null, out _, out var problem));
        Assert.Contains("expected whole seconds, at least one", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCreate_WithAnEndBeforeTheStart_IsRefused() =>
        Assert.False(Timetable.TryCreate(ScheduleRule.Every(TimeSpan.FromHours(1)), Noon, Noon, out _, out _));

    [Theory]
    [InlineData("0 7 * * MON-FRI", "0 7 * * 1-5")]
    [InlineData("0 7 * jan,Dec 7", "0 7 * 1,12 0")]
    [InlineData("0 7 * * fri-sun", "0 7 * * 0,5,6")]
    [InlineData("  0\t7  * *   6-7 ", "0 7 * * 0,6")]
    [InlineData("0 7 * * */2", "0 7 * * 0,2,4,6")]
    public void CronRule_WrittenInAnotherWay_IsTheSame(string cron, string same) =>
        Assert.Equal(
            Timetable.Create(ScheduleRule.Cron(same)).Upcoming(Noon, 20),
            Timetable.Create(ScheduleRule.Cron(cron)).Upcoming(Noon, 20));

    [Fact]
    public void LeapDay_IsFoundAcrossTheCentury() => Assert.Equal(
        [Time("2096-02-29T00:00Z"), Time("2104-02-29T00:00Z")],
        Timetable.Create(ScheduleRule.Cron("0 0 29 2 *")).Upcoming(Time("2095-01-01T00:00Z"), 2));

    [Fact]
    public void Interval_IsCountedFromItsStart_WhichIsDueItself() => Assert.Equal(
        [Noon, Noon.AddMinutes(90), Noon.AddMinutes(180)],
        Timetable.Create(ScheduleRule.Every(TimeSpan.FromMinutes(90)), start: Noon).Upcoming(Noon.AddDays(-3), 3));

    [Fact]
    public void Interval_WithoutAStart_KeepsToTheClockOfUtc() => Assert.Equal(
        [Noon.AddMinutes(5), Noon.AddMinutes(10)],
        Timetable.Create(ScheduleRule.Every(TimeSpan.FromMinutes(5))).Upcoming(Noon.AddSeconds(1), 2));

    [Fact]
    public void Interval_OverAChangeOfClocks_IsAbsolute()
    {
        var due = Timetable.Create(ScheduleRule.Every(TimeSpan.FromHours(1))).Between(Time("2024-10-26T12:00+02:00"), Time("2024-10-27T12:00+01:00"));

        Assert.Equal(25, due.Count());
    }

    [Fact]
    public void StartAndEnd_BoundTheDueTimes_TheEndExcluded()
    {
        var timetable = Timetable.Create(ScheduleRule.Cron("0 12 * * *"), start: Noon, end: Noon.AddDays(2));

        Assert.Equal([Noon, Noon.AddDays(1)], timetable.Upcoming(DateTimeOffset.MinValue, 10));
        Assert.Null(timetable.NextAfter(Noon.AddDays(1)));
        Assert.Null(timetable.NextAfter(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void Between_LeavesOutItsBeginningAndKeepsItsEnd() => Assert.Equal(
        [Noon.AddHours(1), Noon.AddHours(2)],
        Timetable.Create(ScheduleRule.Cron("0 * * * *")).Between(Noon, Noon.AddHours(2)));

    [Fact]
    public void LatestBetween_OverYears_GivesTheLastFewInOrder()
    {
        var timetable = Timetable.Create(ScheduleRule.Every(TimeSpan.FromSeconds(1)));

        Assert.Equal([Noon.AddSeconds(-2), Noon.AddSeconds(-1), Noon], timetable.LatestBetween(Noon.AddYears(-40), Noon, 3));
    }

    [Fact]
    public void LatestBetween_WithFewerThanAsked_GivesThemAll() => Assert.Equal(
        [Time("2024-02-29T00:00Z")],
        Timetable.Create(ScheduleRule.Cron("0 0 29 2 *")).LatestBetween(Time("2021-01-01T00:00Z"), Time("2026-01-01T00:00Z"), 5));

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
