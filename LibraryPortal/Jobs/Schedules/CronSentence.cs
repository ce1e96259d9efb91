using System.Globalization;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>A crontab line in plain words, from the sets of numbers it means, so that all ways of writing the same rule read the same.</summary>
internal static class CronSentence
{
    const int MostTimesListed = 6;
    static readonly string[] WeekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    public static string Of(CronExpression cron)
    {
        int[] minutes = [.. CronField.Numbers(cron.Minutes)], hours = [.. CronField.Numbers(cron.Hours)];
        var days = DaysOf(cron);
        if (minutes.Length * hours.Length <= MostTimesListed)
        {
            var times = from hour in hours from minute in minutes select Time(hour, minute);
            return $"{days ?? "every day"} at {EnglishList.Join(times)}";
        }

        var often = hours.Length == 24 ? ByTheClock(minutes)
            : minutes.Length == 1 ? AtOneMinute(hours, minutes[0])
            : $"{ByTheClock(minutes)}, {Between(hours, minutes)}";
        return days is null ? often : $"{often}, {days}";
    }

    static string ByTheClock(int[] minutes)
    {
        if (minutes.Length == 1)
            return minutes[0] == 0 ? "every hour" : $"every hour at {Plural(minutes[0], "minute")} past";
        if (StepOf(minutes, 60) is { } step)
            return step == 1 ? "every minute" : Invariant($"every {step} minutes");
        return $"every hour at minutes {EnglishList.JoinRuns(minutes, Number)}";
    }

    static string AtOneMinute(int[] hours, int minute)
    {
        if (StepOf(hours, 24) is { } step)
            return Invariant($"every {step} hours") + (minute == 0 ? "" : $" at {Plural(minute, "minute")} past");
        return IsRun(hours)
            ? $"every hour from {Time(hours[0], minute)} to {Time(hours[^1], minute)}"
            : $"at {EnglishList.Join(hours.Select(hour => Time(hour, minute)))}";
    }

    static string Between(int[] hours, int[] minutes) => IsRun(hours)
        ? $"from {Time(hours[0], minutes[0])} to {Time(hours[^1], minutes[^1])}"
        : $"in the hours {EnglishList.JoinRuns(hours, Number)}";

    /// <summary>Null: every day.</summary>
    static string? DaysOf(CronExpression cron)
    {
        int[] days = [.. CronField.Numbers(cron.Days)], weekdays = [.. CronField.Numbers(cron.Weekdays)], months = [.. CronField.Numbers(cron.Months)];
        var (anyDay, anyWeekday, anyMonth) = (days.Length == 31, weekdays.Length == 7, months.Length == 12);
        // Where either day will do, one that names all days settles it.
        if (cron.EitherDay && (anyDay || anyWeekday))
            (anyDay, anyWeekday) = (true, true);
        var inMonths = anyMonth ? "" : $" in {Months(months)}";
        var ofMonths = anyMonth ? " of every month" : $" of {Months(months)}";
        var dates = $"on the {EnglishList.JoinRuns(days, EnglishList.Ordinal)}{ofMonths}";
        return (anyDay, anyWeekday) switch
        {
            (true, true) => anyMonth ? null : "every day" + inMonths,
            (true, false) => $"every {Weekdays(weekdays)}{inMonths}",
            (false, true) => dates,
            (false, false) when cron.EitherDay => $"{dates} and every {Weekdays(weekdays)}{inMonths}",
            (false, false) => $"{dates} where that is a {Weekdays(weekdays).Replace(" and ", " or ", StringComparison.Ordinal)}",
        };
    }

    static string Weekdays(int[] numbers) => numbers switch
    {
        [1, 2, 3, 4, 5] => "weekday",
        // The week ends on Sunday, as one says it.
        [0, .. var rest] => EnglishList.JoinRuns([.. rest, 7], WeekdayName),
        _ => EnglishList.JoinRuns(numbers, WeekdayName),
    };

    static string Months(int[] numbers) => EnglishList.JoinRuns(numbers, CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName);

    static string WeekdayName(int number) => WeekdayNames[number];

    /// <summary>The step of a set that counts evenly through the whole cycle from 0; null for any other set.</summary>
    static int? StepOf(int[] numbers, int cycle)
    {
        var step = cycle / numbers.Length;
        return numbers.Length * step == cycle && numbers.Select((number, i) => number == i * step).All(even => even) ? step : null;
    }

    static bool IsRun(int[] numbers) => numbers[^1] - numbers[0] == numbers.Length - 1;

    static string Time(int hour, int minute) => Invariant($"{hour:00}:{minute:00}");

    static string Plural(int count, string unit) => Invariant($"{count} {unit}{(count == 1 ? "" : "s")}");

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
