using System.Globalization;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>What a limit allows, in plain words: "2 at once, 10 started in any minute".</summary>
internal static class LimitSentence
{
    static readonly (TimeSpan Length, string Name)[] Units =
        [(TimeSpan.FromDays(1), "day"), (TimeSpan.FromHours(1), "hour"), (TimeSpan.FromMinutes(1), "minute"), (TimeSpan.FromSeconds(1), "second")];

    public static string Of(LimitRule rule)
    {
        var running = rule.Running switch { null => null, 0 => "none for the time being", var most => Invariant($"{most:N0} at once") };
        var starts = rule.Starts is { } count ? Invariant($"{count:N0} started in any {Span(rule.Per)}") : null;
        return string.Join(", ", new[] { running, starts }.OfType<string>());
    }

    /// <summary>A stretch of time, to follow "in any": "minute", "10 minutes".</summary>
    public static string Span(TimeSpan per)
    {
        foreach (var (length, name) in Units)
        {
            if (per.Ticks % length.Ticks == 0)
                return per == length ? name : Invariant($"{per / length:N0} {name}s");
        }

        return Invariant($"{per.TotalMilliseconds:N0} milliseconds");
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
