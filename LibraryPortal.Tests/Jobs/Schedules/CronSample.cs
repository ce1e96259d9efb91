using FsCheck;
using FsCheck.Fluent;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>A random crontab line together with the numbers it means, worked out while it was made up instead of by reading it.</summary>
internal sealed record CronSample(string Text, SampleField Minute, SampleField Hour, SampleField Day, SampleField Month, SampleField Weekday)
{
    // Denser rules only make the comparison slow.
    const int MostPerDay = 200;

    public static Gen<CronSample> Generator { get; } =
        (from minute in SampleField.Generator(0, 59)
         from hour in Gen.Frequency((2, SampleField.Any(0, 23)), (5, SampleField.Generator(0, 23)))
         from day in Gen.Frequency((3, SampleField.Any(1, 31)), (2, SampleField.Generator(1, 31)))
         from month in Gen.Frequency((3, SampleField.Any(1, 12)), (2, SampleField.Generator(1, 12)))
         from weekday in Gen.Frequency((3, SampleField.Any(0, 6)), (2, SampleField.Generator(0, 6)))
         select new CronSample($"{minute.Text} {hour.Text} {day.Text} {month.Text} {weekday.Text}", minute, hour, day, month, weekday))
        .Where(sample => sample.Minute.Numbers.Count * sample.Hour.Numbers.Count <= MostPerDay && sample.CanBeDue);

    public bool IsEveryHour => Hour.Numbers.Count == 24;

    public bool MatchesDay(DateTime day)
    {
        var (ofMonth, ofWeek) = (Day.Numbers.Contains(day.Day), Weekday.Numbers.Contains((int)day.DayOfWeek));
        return Month.Numbers.Contains(day.Month) && (Day.StartsWithStar || Weekday.StartsWithStar ? ofMonth && ofWeek : ofMonth || ofWeek);
    }

    public bool MatchesTime(int minuteOfDay) => Hour.Numbers.Contains(minuteOfDay / 60) && Minute.Numbers.Contains(minuteOfDay % 60);

    bool CanBeDue => Enumerable.Range(0, 366).Any(day => MatchesDay(new DateTime(2000, 1, 1).AddDays(day)))
        || Enumerable.Range(0, 366).Any(day => MatchesDay(new DateTime(2004, 1, 1).AddDays(day)));

    public override string ToString() => Text;
}
