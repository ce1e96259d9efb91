using System.Globalization;
using System.Text.RegularExpressions;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Stretches of time as people write them: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>, several of these from the largest down (<c>1h30m</c>), or
/// <c>hh:mm:ss</c>. A bare number is none: nobody can tell seconds from days.</summary>
internal static partial class DurationText
{
    /// <summary>To follow "expected".</summary>
    public const string Form = "a number with its unit, such as 30s, 5m, 2h or 1d, or hh:mm:ss";

    static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    static readonly (string Unit, TimeSpan Length)[] Units =
        [("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1))];

    /// <returns>False for anything else, and for more than a hundred years.</returns>
    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (Clock().IsMatch(text))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration) && duration <= Longest;
        if (text.Length == 0 || Numbers().Match(text) is not { Success: true } found)
            return false;
        var ticks = Units.Sum(unit => found.Groups[unit.Unit] is { Success: true } count ? double.Parse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) * unit.Length.Ticks : 0);
        if (ticks > Longest.Ticks)
            return false;
        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    [GeneratedRegex(@"^(?:(?<d>\d{1,9})d)?(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m)?(?:(?<s>\d{1,9})s)?(?:(?<ms>\d{1,9})ms)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();

    // No more hours than a day has: the platform reads 24:00:00 as twenty-four days.
    [GeneratedRegex(@"^(\d{1,5}\.)?([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Clock();
}
