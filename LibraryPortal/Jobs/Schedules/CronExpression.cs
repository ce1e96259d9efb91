using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>A five-field crontab line as sets of numbers, and the wall-clock minutes it matches. It knows no time zone: <see cref="CronTimetable"/>
/// says which instants those minutes are.</summary>
internal sealed class CronExpression
{
    const ulong AllHours = (1UL << 24) - 1;

    public ulong Minutes { get; private init; }
    public ulong Hours { get; private init; }
    public ulong Days { get; private init; }
    public ulong Months { get; private init; }
    public ulong Weekdays { get; private init; }

    /// <summary>As in crontab(5): where neither day field begins with <c>*</c>, a day that either of them names will do.</summary>
    public bool EitherDay { get; private init; }

    /// <summary>Whether every hour is meant: the rule then follows the clock instead of naming times of day.</summary>
    public bool IsEveryHour => Hours == AllHours;

    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? cron, [NotNullWhen(false)] out string? problem)
    {
        cron = null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronField.All.Length)
        {
            problem = $"The cron rule '{text}' has {fields.Length} fields; expected five: minute, hour, day of month, month, day of week. {Hint(text)}";
            return false;
        }

        var sets = new ulong[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!CronField.All[i].TryParse(fields[i], out sets[i], out var why))
            {
                problem = $"The {CronField.All[i].Title} field of the cron rule '{text}' is wrong: {why}.";
                return false;
            }
        }

        var parsed = new CronExpression
        {
            Minutes = sets[0], Hours = sets[1], Days = sets[2], Months = sets[3], Weekdays = sets[4],
            EitherDay = fields[2][0] != '*' && fields[4][0] != '*',
        };
        if (!parsed.EitherDay && !parsed.AnyMonthHasTheDay())
        {
            problem = $"The cron rule '{text}' is never due: no month it names has the day it names.";
            return false;
        }

        (cron, problem) = (parsed, null);
        return true;
    }

    /// <summary>The first minute it matches at or after a wall-clock time; null when the calendar ends before.</summary>
    public DateTime? NextAtOrAfter(DateTime wall)
    {
        var day = DateOnly.FromDateTime(wall);
        if (MatchesDay(day) && FirstTimeOfDay(wall.TimeOfDay) is { } today)
            return day.ToDateTime(today);
        var midnight = FirstTimeOfDay(TimeSpan.Zero)!.Value;
        while (NextDay(day) is { } next)
        {
            if (MatchesDay(next))
                return next.ToDateTime(midnight);
            day = next;
        }

        return null;
    }

    public bool MatchesDay(DateOnly day)
    {
        if (!Has(Months, day.Month))
            return false;
        var (ofMonth, ofWeek) = (Has(Days, day.Day), Has(Weekdays, (int)day.DayOfWeek));
        return EitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    /// <summary>The day after, or the first of the next month the rule names.</summary>
    DateOnly? NextDay(DateOnly day)
    {
        if (day == DateOnly.MaxValue)
            return null;
        day = day.AddDays(1);
        while (!Has(Months, day.Month))
        {
            if (day is { Year: 9999, Month: 12 })
                return null;
            day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
        }

        return day;
    }

    TimeOnly? FirstTimeOfDay(TimeSpan from)
    {
        // Seconds round up: the minute that has begun is past.
        var minute = (int)((from.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute);
        var hour = minute / 60;
        if (First(Hours, hour) is not { } found)
            return null;
        if (found == hour)
        {
            if (First(Minutes, minute % 60) is { } within)
                return new TimeOnly(hour, within);
            if (First(Hours, hour + 1) is not { } later)
                return null;
            found = later;
        }

        return new TimeOnly(found, BitOperations.TrailingZeroCount(Minutes));
    }

    bool AnyMonthHasTheDay() =>
        CronField.Numbers(Months).Any(month => BitOperations.TrailingZeroCount(Days) <= DateTime.DaysInMonth(2000, month));

    static bool Has(ulong set, int number) => (set >> number & 1) != 0;

    static int? First(ulong set, int from)
    {
        var rest = from > 63 ? 0 : set >> from << from;
        return rest == 0 ? null : BitOperations.TrailingZeroCount(rest);
    }

    static string Hint(string text) => text.Trim().ToLowerInvariant() switch
    {
        "@hourly" => "Every hour is written '0 * * * *'.",
        "@daily" or "@midnight" => "Every day is written '0 0 * * *'.",
        "@weekly" => "Every week is written '0 0 * * 0'.",
        "@monthly" => "Every month is written '0 0 1 * *'.",
        "@yearly" or "@annually" => "Every year is written '0 0 1 1 *'.",
        _ => "For example '30 7 * * 1-5' is 07:30 on weekdays.",
    };
}
