using System.Globalization;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>The days on which clocks change, one by one: local time and offset of each run.</summary>
public sealed class CronTimetableTests
{
    // Europe/Berlin, 2024-03-31: 02:00 +01:00 is followed by 03:00 +02:00.
    [Fact]
    public void DailyRule_WhenItsTimeIsSkipped_RunsOnceAtTheEndOfTheGap() => AssertRuns(
        "30 2 * * *", "Europe/Berlin", "2024-03-30T00:00+01:00",
        "2024-03-30 02:30 +01:00", "2024-03-31 03:00 +02:00", "2024-04-01 02:30 +02:00");

    [Fact]
    public void Rule_WithSeveralTimesInTheGap_RunsOnceForAll() => AssertRuns(
        "*/20 1-3 * * *", "Europe/Berlin", "2024-03-31T01:30+01:00",
        "2024-03-31 01:40 +01:00", "2024-03-31 03:00 +02:00", "2024-03-31 03:20 +02:00", "2024-03-31 03:40 +02:00", "2024-04-01 01:00 +02:00");

    // Europe/Berlin, 2024-10-27: 03:00 +02:00 is followed by 02:00 +01:00.
    [Fact]
    public void DailyRule_WhenItsTimeComesTwice_RunsTheFirstTime() => AssertRuns(
        "30 2 * * *", "Europe/Berlin", "2024-10-26T12:00+02:00",
        "2024-10-27 02:30 +02:00", "2024-10-28 02:30 +01:00");

    [Fact]
    public void DailyRule_AskedBetweenTheTwo_WaitsForTheNextDay() => AssertRuns(
        "30 2 * * *", "Europe/Berlin", "2024-10-27T02:10+01:00",
        "2024-10-28 02:30 +01:00");

    [Fact]
    public void RuleOverSomeHours_WhenOneComesTwice_RunsOncePerLocalTime() => AssertRuns(
        "0,30 1-3 * * *", "Europe/Berlin", "2024-10-27T01:15+02:00",
        "2024-10-27 01:30 +02:00", "2024-10-27 02:00 +02:00", "2024-10-27 02:30 +02:00", "2024-10-27 03:00 +01:00", "2024-10-27 03:30 +01:00");

    [Fact]
    public void RuleForEveryHour_WhenAnHourComesTwice_RunsInBoth() => AssertRuns(
        "*/30 * * * *", "Europe/Berlin", "2024-10-27T01:30+02:00",
        "2024-10-27 02:00 +02:00", "2024-10-27 02:30 +02:00", "2024-10-27 02:00 +01:00", "2024-10-27 02:30 +01:00", "2024-10-27 03:00 +01:00");

    [Fact]
    public void RuleForEveryHour_WhenAnHourIsSkipped_GoesOnAfterIt() => AssertRuns(
        "15,45 * * * *", "Europe/Berlin", "2024-03-31T01:20+01:00",
        "2024-03-31 01:45 +01:00", "2024-03-31 03:15 +02:00", "2024-03-31 03:45 +02:00");

    // America/Sao_Paulo, 2018-11-04: the day began at 01:00. 2018-02-17 had two hours of 23.
    [Fact]
    public void MidnightRule_WhenTheDayBeginsAtOne_RunsAtOne() => AssertRuns(
        "0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00-03:00",
        "2018-11-04 01:00 -02:00", "2018-11-05 00:00 -02:00");

    [Fact]
    public void RuleForASkippedMidnightOfOneDate_IsNotLost() => AssertRuns(
        "0 0 4 11 *", "America/Sao_Paulo", "2018-01-01T00:00-02:00",
        "2018-11-04 01:00 -02:00", "2019-11-04 00:00 -03:00");

    [Fact]
    public void LateRule_WhenTheDayEndsTwice_RunsTheFirstTime() => AssertRuns(
        "30 23 * * *", "America/Sao_Paulo", "2018-02-17T12:00-02:00",
        "2018-02-17 23:30 -02:00", "2018-02-18 23:30 -03:00");

    // America/Nuuk, 2024-03-30: 23:00 -02:00 is followed by the next day.
    [Fact]
    public void LateRule_WhenTheDayEndsAtEleven_RunsAsTheNextDayBegins() => AssertRuns(
        "30 23 * * *", "America/Nuuk", "2024-03-30T12:00-02:00",
        "2024-03-31 00:00 -01:00", "2024-03-31 23:30 -01:00");

    // Australia/Lord_Howe moves by half an hour: 2024-10-06 02:00 to 02:30, 2024-04-07 02:00 back to 01:30.
    [Theory]
    [InlineData("15 2 * * *", "2024-10-05T12:00+10:30", "2024-10-06 02:30 +11:00", "2024-10-07 02:15 +11:00")]
    [InlineData("45 1 * * *", "2024-04-06T12:00+11:00", "2024-04-07 01:45 +11:00", "2024-04-08 01:45 +10:30")]
    [InlineData("*/30 * * * *", "2024-04-07T01:29+11:00", "2024-04-07 01:30 +11:00", "2024-04-07 01:30 +10:30", "2024-04-07 02:00 +10:30")]
    [InlineData("*/15 * * * *", "2024-10-06T01:40+10:30", "2024-10-06 01:45 +10:30", "2024-10-06 02:30 +11:00", "2024-10-06 02:45 +11:00")]
    public void Rule_WhereClocksMoveByHalfAnHour_NeitherSkipsNorDoubles(string cron, string after, params string[] runs) =>
        AssertRuns(cron, "Australia/Lord_Howe", after, runs);

    // Pacific/Apia had no 2011-12-30.
    [Theory]
    [InlineData("0 12 * * *", "2011-12-29 12:00 -10:00", "2011-12-31 12:00 +14:00", "2012-01-01 12:00 +14:00")]
    [InlineData("0 0 * * *", "2011-12-29 00:00 -10:00", "2011-12-31 00:00 +14:00", "2012-01-01 00:00 +14:00")]
    [InlineData("0 9 * * 5", "2012-01-06 09:00 +14:00")]
    [InlineData("0 0 30 12 *", "2012-12-30 00:00 +14:00")]
    [InlineData("0 */12 * * *", "2011-12-29 00:00 -10:00", "2011-12-29 12:00 -10:00", "2011-12-31 00:00 +14:00", "2011-12-31 12:00 +14:00")]
    public void Rule_WhereADayIsMissing_HasNoRunForIt(string cron, params string[] runs) =>
        AssertRuns(cron, "Pacific/Apia", "2011-12-28T12:00-10:00", runs);

    [Fact]
    public void RuleForEveryHour_WhereADayIsMissing_GoesOnWithoutABreak()
    {
        var due = Timetable.Create(ScheduleRule.Cron("0 * * * *", "Pacific/Apia")).Upcoming(Time("2011-12-29T00:30-10:00"), 48).ToList();

        Assert.All(due.Zip(due.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second - pair.First));
    }

    [Fact]
    public void EveryMinute_OverAYearOfChanges_IsEveryMinute()
    {
        var due = Timetable.Create(ScheduleRule.Cron("* * * * *", "Europe/Berlin")).Between(Time("2024-01-01T00:00Z"), Time("2025-01-01T00:00Z"));

        Assert.Equal(366 * 1440, due.Count());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void NoZone_ChangesItsOffsetTwiceWithinADayAndAHalf()
    {
        // What LocalClock relies on.
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId))
        {
            var (last, previous) = (DateTime.MinValue, zone.GetUtcOffset(DateTime.UnixEpoch));
            for (var time = DateTime.UnixEpoch; time.Year < 2040; time = time.AddHours(6))
            {
                var offset = zone.GetUtcOffset(time);
                if (offset == previous)
                    continue;
                Assert.True(time - last > TimeSpan.FromHours(42), $"{zone.Id}: {last:u}, {time:u}");
                (last, previous) = (time, offset);
            }
        }
    }

    static void AssertRuns(string cron, string zone, string after, params string[] runs)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var due = Timetable.Create(ScheduleRule.Cron(cron, zone)).Upcoming(Time(after), runs.Length)
            .Select(time => TimeZoneInfo.ConvertTime(time, clock).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        Assert.Equal(runs, due);
    }

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
