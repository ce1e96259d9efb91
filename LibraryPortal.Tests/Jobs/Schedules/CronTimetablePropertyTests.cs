using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>Ten years of random rules in random zones against a clock that is read minute by minute.</summary>
public sealed class CronTimetablePropertyTests
{
    static readonly string[] OddZones =
    [
        "Europe/Berlin", "Europe/Dublin", "America/Sao_Paulo", "America/New_York", "America/Nuuk", "America/St_Johns", "America/Caracas", "Australia/Lord_Howe",
        "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Kwajalein", "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Asia/Tehran", "Asia/Pyongyang",
        "Asia/Kathmandu", "Antarctica/Troll", "Antarctica/Casey", "Atlantic/Azores",
    ];

    static readonly string[] AllZones = [.. TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.HasIanaId).Select(zone => zone.Id)];

    static readonly Gen<(CronSample Cron, string Zone, int Year)> Cases =
        from cron in CronSample.Generator
        from zone in Gen.OneOf(Gen.Elements(OddZones), Gen.Elements(AllZones))
        from year in Gen.Frequency((3, Gen.Choose(1972, 2030)), (1, Gen.Constant(2005)), (1, Gen.Choose(2031, 2090)))
        select (cron, zone, year);

    [Fact]
    public void DueTimes_OverTenYears_AreThoseOfTheClock() => CompareWithTheClock(cases: 15);

    [Fact]
    [Trait("Category", "Slow")]
    public void DueTimes_OfHundredsOfRulesOverTenYears_AreThoseOfTheClock() => CompareWithTheClock(cases: 400);

    static void CompareWithTheClock(int cases) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(Cases.ToArbitrary(), sample =>
    {
        var (cron, zoneName, year) = sample;
        var (from, to) = TenYears(year);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);

        var due = Timetable.Create(ScheduleRule.Cron(cron.Text, zoneName)).Between(from, to).ToList();

        Assert.Equal(new ClockOracle(zone, from, to).DueTimes(cron), due);
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        if (!cron.IsEveryHour)
            Assert.Equal(due.Count, due.Select(time => TimeZoneInfo.ConvertTime(time, zone).DateTime).Distinct().Count());
    }));

    [Fact]
    public void DailyRule_OverTenYears_RunsOnEachDayThereIs()
    {
        var times = from zone in Gen.OneOf(Gen.Elements(OddZones), Gen.Elements(AllZones))
                    from minute in Gen.Choose(0, 59)
                    from hour in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, 23))
                    from year in Gen.Choose(1972, 2030)
                    select (zone, minute, hour, year);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(times.ToArbitrary(), sample =>
        {
            var (zoneName, minute, hour, year) = sample;
            var (from, to) = TenYears(year);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);

            var due = Timetable.Create(ScheduleRule.Cron($"{minute} {hour} * * *", zoneName)).Between(from, to).ToList();

            // Of the first and the last local day only a part lies within the ten years. A time of day in a gap that ends at midnight runs as the
            // next day begins, so days are compared by number and not by name.
            var days = new ClockOracle(zone, from, to).CountDaysShown();
            Assert.InRange(due.Count, days - 2, days);
            Assert.All(due.Zip(due.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromHours(20), TimeSpan.FromHours(28)));
        }));
    }

    [Fact]
    public void NextAfter_FromAnyMoment_IsTheNextOfTheList() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(
        Cases.Zip(Gen.Choose(0, 10 * 365 * 86_400 / 10)).ToArbitrary(),
        sample =>
        {
            var ((cron, zoneName, year), tenSeconds) = sample;
            var (from, to) = TenYears(year);
            var moment = from.AddSeconds(tenSeconds * 10L);
            var timetable = Timetable.Create(ScheduleRule.Cron(cron.Text, zoneName));

            var next = timetable.NextAfter(moment);

            Assert.True(next > moment);
            if (next <= to)
                Assert.Equal(next, timetable.Between(moment.AddDays(-40) > from ? moment.AddDays(-40) : from, to).First(due => due > moment));
        }));

    static (DateTimeOffset From, DateTimeOffset To) TenYears(int year) =>
        (new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(year + 10, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
