using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Tests.Domain.Calendar;

public sealed class LibraryCalendarTests
{
    static Gen<LibraryCalendar> Calendars { get; } =
        from days in Gen.Elements(Enum.GetValues<DayOfWeek>()).NonEmptyListOf()
        from closures in (
            from first in Gen.Choose(0, 800)
            from length in Gen.Choose(0, 40)
            select Closure.Of(Day(first), Day(first + length), "Closed").Value!).ListOf()
        select new LibraryCalendar(CalendarSamples.Berlin, OpeningDays.Of(days).Value!, closures);

    static Gen<(LibraryCalendar Calendar, DateOnly Date)> Cases { get; } =
        from calendar in Calendars
        from day in Gen.Choose(0, 800)
        select (calendar, Day(day));

    static DateOnly Day(int number) => new DateOnly(2026, 1, 1).AddDays(number);

    [Fact]
    public void NextOpenDay_OfAnyDate_IsTheFirstOpenOne() => Prop.ForAll(Cases.ToArbitrary(), it =>
    {
        var next = it.Calendar.NextOpenDay(it.Date);
        return it.Calendar.IsOpen(next) && next >= it.Date
            && Enumerable.Range(0, next.DayNumber - it.Date.DayNumber).All(day => !it.Calendar.IsOpen(it.Date.AddDays(day)))
            && it.Calendar.NextOpenDay(next) == next;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AddOpenDays_OfAnyDate_PassesExactlySoManyOpenDays() => Prop.ForAll(Cases.ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (it, days) =>
    {
        var end = it.Calendar.AddOpenDays(it.Date, days);
        return it.Calendar.IsOpen(end)
            && Enumerable.Range(1, end.DayNumber - it.Date.DayNumber).Count(day => it.Calendar.IsOpen(it.Date.AddDays(day))) == days;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AddOpenDays_InTwoSteps_IsTheSameAsInOne() => Prop.ForAll(Cases.ToArbitrary(), Gen.Choose(1, 15).ToArbitrary(), Gen.Choose(1, 15).ToArbitrary(),
        (it, one, two) => it.Calendar.AddOpenDays(it.Calendar.AddOpenDays(it.Date, one), two) == it.Calendar.AddOpenDays(it.Date, one + two)).QuickCheckThrowOnFailure();

    [Fact]
    public void DueAt_AtAnyMoment_EndsAnOpenDayNotBeforeThePeriod() => Prop.ForAll(Cases.ToArbitrary(), Gen.Choose(0, 86_399).ToArbitrary(), Gen.Choose(1, 90).ToArbitrary(),
        (it, second, days) =>
        {
            var now = it.Calendar.Zone.StartOf(it.Date).AddSeconds(second);
            var today = it.Calendar.Zone.DateAt(now);
            var due = it.Calendar.DueAt(now, days);
            var date = it.Calendar.Zone.DateAt(due);
            return it.Calendar.IsOpen(date) && date >= today.AddDays(days) && due == it.Calendar.Zone.EndOf(date)
                && it.Calendar.Move(due) == due;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void DueAt_WhenPeriodEndsInAClosure_MovesBehindIt()
    {
        var calendar = CalendarSamples.Of(("2026-12-24", "2026-12-31", "Christmas"), ("2026-12-30", "2027-01-03", "New Year"));
        Assert.Equal(CalendarSamples.At("2027-01-04 23:59:59"), calendar.DueAt(CalendarSamples.At("2026-12-04 09:00"), 21));
    }

    [Theory]
    [InlineData("2026-03-27 18:00", 2, "2026-03-30 23:59:59")] // Friday, over the weekend clocks change
    [InlineData("2026-10-23 18:00", 2, "2026-10-26 23:59:59")]
    [InlineData("2026-05-01 23:59:59", 1, "2026-05-02 23:59:59")]
    [InlineData("2026-05-02 00:00:01", 1, "2026-05-04 23:59:59")] // Saturday: the day after is Sunday
    public void DueAt_WhateverClocksDo_IsTheEndOfTheDay(string now, int days, string expected) =>
        Assert.Equal(CalendarSamples.At(expected), CalendarSamples.Of().DueAt(CalendarSamples.At(now), days));

    [Fact]
    public void CollectBy_CountsOpenDaysOnly() =>
        Assert.Equal(CalendarSamples.At("2026-05-12 23:59:59"), CalendarSamples.Of(("2026-05-04", "2026-05-05", "Moving house")).CollectBy(CalendarSamples.At("2026-05-01 10:00"), 7));

    [Fact]
    public void Move_WhenTheLibraryChangesItsZone_GivesTheEndOfTheDayThere()
    {
        // The end of 4 May in the zone of the samples is another hour, and in Tokyo the next day.
        var promised = CalendarSamples.At("2026-05-04 23:59:59");
        foreach (var id in new[] { "America/New_York", "Asia/Tokyo" })
        {
            var there = new LibraryZone(TimeZoneInfo.FindSystemTimeZoneById(id));
            var moved = new LibraryCalendar(there, OpeningDays.MondayToSaturday, []).Move(promised);

            Assert.Equal(there.EndOf(there.DateAt(promised)), moved);
            Assert.True(moved >= promised, id);
        }
    }

    [Fact]
    public void Move_WhenAClosureHitsAPromisedDate_GivesTheNextOpenDay()
    {
        var promised = CalendarSamples.At("2026-05-04 23:59:59");
        Assert.Equal(promised, CalendarSamples.Of().Move(promised));
        Assert.Equal(CalendarSamples.At("2026-05-06 23:59:59"), CalendarSamples.Of(("2026-05-04", "2026-05-05", "Burst pipe")).Move(promised));
    }

    [Fact]
    public void ClosureOn_WhenSeveralCoverADate_NamesTheLongestLasting() =>
        Assert.Equal("Christmas", CalendarSamples.Of(("2026-12-24", "2026-12-31", "Christmas"), ("2026-12-20", "2026-12-25", "Stocktaking")).ClosureOn(CalendarSamples.Date("2026-12-24"))!.Name);

    [Fact]
    public void OpeningDays_WhenNone_IsRefused() => Assert.Equal("opening-days-empty", OpeningDays.Of([]).Refusal!.Rule);

    [Fact]
    public void OpeningDays_OfTheSameDays_AreEqual()
    {
        Assert.Equal(OpeningDays.Of([DayOfWeek.Sunday, DayOfWeek.Monday]).Value, OpeningDays.Of([DayOfWeek.Monday, DayOfWeek.Sunday, DayOfWeek.Sunday]).Value);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday], OpeningDays.Of([DayOfWeek.Sunday, DayOfWeek.Monday]).Value!.Days);
    }

    [Theory]
    [InlineData("2026-05-02", "2026-05-01", "X", "A closure cannot end (1 May 2026) before it begins (2 May 2026).")]
    [InlineData("2026-05-01", "2062-05-01", "X", "A closure may last 731 days; this one lasts 13,150. Is the year right?")]
    [InlineData("2026-05-01", "2026-05-01", " ", "Give the closure a name, such as Christmas; readers see it.")]
    public void Closure_WhenItMakesNoSense_IsRefused(string first, string last, string name, string message) =>
        Assert.Equal(message, Closure.Of(CalendarSamples.Date(first), CalendarSamples.Date(last), name).Refusal!.Message);

    [Fact]
    public void Closure_WhenNameIsTooLong_IsRefused() =>
        Assert.Equal("The name of a closure may have 100 characters; this one has 101.", Closure.Of(Day(1), Day(1), new string('x', 101)).Refusal!.Message);
}
