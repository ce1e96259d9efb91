using System.Globalization;

namespace LibraryPortal.Components.Shared;

/// <summary>Says a moment as people do: "5 minutes ago", "in 3 hours", "yesterday"; beyond a week as a date.</summary>
public static class TimeWords
{
    static readonly CultureInfo Words = CultureInfo.InvariantCulture;

    public static string Relative(DateTimeOffset moment, DateTimeOffset now)
    {
        var gap = now - moment;
        var size = gap.Duration();
        if (size.TotalSeconds < 45)
            return gap >= TimeSpan.Zero ? "just now" : "in a moment";
        if (size.TotalMinutes < 59.5)
            return Direct(gap, (int)Math.Round(size.TotalMinutes), "minute");
        if (size.TotalHours < 21.5)
            return Direct(gap, (int)Math.Round(size.TotalHours), "hour");
        var days = (int)Math.Round(size.TotalDays);
        if (days <= 1)
            return gap >= TimeSpan.Zero ? "yesterday" : "tomorrow";
        return days <= 7 ? Direct(gap, days, "day") : Day(moment, now);
    }

    /// <summary>"3 November 2026, 14:05 UTC".</summary>
    public static string Exact(DateTimeOffset moment) => moment.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", Words);

    static string Day(DateTimeOffset moment, DateTimeOffset now) =>
        moment.UtcDateTime.ToString(moment.Year == now.Year ? "d MMM" : "d MMM yyyy", Words);

    static string Direct(TimeSpan gap, int count, string unit)
    {
        var amount = string.Create(Words, $"{Math.Max(1, count)} {unit}{(count > 1 ? "s" : "")}");
        return gap >= TimeSpan.Zero ? $"{amount} ago" : $"in {amount}";
    }
}
