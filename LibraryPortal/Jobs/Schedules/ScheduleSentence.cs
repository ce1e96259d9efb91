using System.Globalization;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>A rule in plain words: "every weekday at 07:30, Europe/Berlin".</summary>
public static class ScheduleSentence
{
    /// <summary>The rule as it stands where it cannot be read.</summary>
    public static string Of(ScheduleRule rule) => rule switch
    {
        IntervalRule interval => $"every {Span(interval.Length)}",
        CronRule cron when CronExpression.TryParse(cron.Text, out var expression, out _) => $"{CronSentence.Of(expression)}, {cron.Zone}",
        CronRule cron => $"{cron.Text}, {cron.Zone}",
        _ => rule.ToString(),
    };

    static string Span(TimeSpan span)
    {
        (int Count, string Unit)[] parts = [(span.Days, "day"), (span.Hours, "hour"), (span.Minutes, "minute"), (span.Seconds, "second")];
        var present = Array.FindAll(parts, part => part.Count > 0);
        return present is [(1, var unit)] ? unit : EnglishList.Join(present.Select(part => Invariant($"{part.Count} {part.Unit}{(part.Count == 1 ? "" : "s")}")));
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
