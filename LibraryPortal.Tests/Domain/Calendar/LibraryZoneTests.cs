using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Tests.Domain.Calendar;

public sealed class LibraryZoneTests
{
    static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "America/Havana", "Asia/Beirut", "Asia/Tehran", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Etc/UTC"];

    static Gen<(LibraryZone Zone, DateOnly Date)> Days { get; } =
        from zone in Gen.Elements(Zones)
        from day in Gen.Choose(new DateOnly(2000, 1, 1).DayNumber, new DateOnly(2040, 12, 31).DayNumber)
        select (new LibraryZone(TimeZoneInfo.FindSystemTimeZoneById(zone)), DateOnly.FromDayNumber(day));

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28", "2026-03-28T22:59:59Z")] // the night clocks go forward
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-29T21:59:59Z")]
    [InlineData("Europe/Berlin", "2026-10-24", "2026-10-24T21:59:59Z")] // the night clocks go back
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-25T22:59:59Z")]
    [InlineData("America/New_York", "2026-07-01", "2026-07-02T03:59:59Z")]
    [InlineData("Etc/UTC", "2026-07-01", "2026-07-01T23:59:59Z")]
    [InlineData("Asia/Beirut", "2024-03-30", "2024-03-30T21:59:59Z")] // clocks jump from 0:00 to 1:00
    [InlineData("America/Havana", "2024-11-02", "2024-11-03T03:59:59Z")] // clocks go back from 1:00 to 0:00: the day begins with the first of the two midnights
    public void EndOf_IsOneSecondToMidnight(string zone, string date, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
        new LibraryZone(TimeZoneInfo.FindSystemTimeZoneById(zone)).EndOf(CalendarSamples.Date(date)));

    [Fact]
    public void StartAndEnd_OfAnyDay_CarryItsDate() => Prop.ForAll(Days.ToArbitrary(), day =>
    {
        var (zone, date) = day;
        // Samoa had no 30 December 2011: the day has no moment.
        if (zone.Zone.Id == "Pacific/Apia" && date == new DateOnly(2011, 12, 30))
            return true;
        return zone.DateAt(zone.StartOf(date)) == date && zone.DateAt(zone.EndOf(date)) == date
            && zone.DateAt(zone.StartOf(date).AddSeconds(-1)) < date;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void End_OfAnyDay_IsJustBeforeTheNextStarts() => Prop.ForAll(Days.ToArbitrary(), day =>
        day.Zone.EndOf(day.Date).AddSeconds(1) == day.Zone.StartOf(day.Date.AddDays(1))).QuickCheckThrowOnFailure();

    [Fact]
    public void Say_UsesTheLibrarysDate() => Assert.Equal("2 May 2026", CalendarSamples.Berlin.Say(new DateTimeOffset(2026, 5, 1, 22, 30, 0, TimeSpan.Zero)));
}
