using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>One field of a crontab line: what it is called, what it allows, and how its text becomes a set of numbers.</summary>
/// <param name="Least">The smallest number it allows.</param>
/// <param name="Greatest">The largest one.</param>
/// <param name="Names">Words for the numbers from <paramref name="Least"/> on.</param>
internal sealed record CronField(string Title, int Least, int Greatest, params string[] Names)
{
    public static CronField Minute { get; } = new("minute", 0, 59);
    public static CronField Hour { get; } = new("hour", 0, 23);
    public static CronField Day { get; } = new("day-of-month", 1, 31);
    public static CronField Month { get; } = new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    // 7 is a second name of Sunday.
    public static CronField Weekday { get; } = new("day-of-week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>In the order in which they are written.</summary>
    public static CronField[] All { get; } = [Minute, Hour, Day, Month, Weekday];

    /// <summary>Reads a list of values, ranges and steps into a set with one bit per number.</summary>
    /// <param name="problem">What is wrong, as the end of a sentence that has named the field.</param>
    public bool TryParse(string text, out ulong set, [NotNullWhen(false)] out string? problem)
    {
        set = 0;
        foreach (var item in text.Split(','))
        {
            if (!TryParseItem(item, out var part, out problem))
                return false;
            set |= part;
        }

        if (this == Weekday)
            set = (set | (set >> 7)) & 0x7F;
        problem = null;
        return true;
    }

    bool TryParseItem(string item, out ulong set, [NotNullWhen(false)] out string? problem)
    {
        set = 0;
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? item : item[..slash];
        var step = 1;
        if (slash >= 0 && (!TryNumber(item[(slash + 1)..], out step) || step < 1 || step > Greatest))
        {
            problem = $"'{item}' has no usable step: expected a number from 1 to {Greatest} after the slash";
            return false;
        }

        if (!TryParseRange(range, out var first, out var last, out problem))
            return false;
        if (slash >= 0 && range != "*" && !range.Contains('-', StringComparison.Ordinal))
        {
            problem = $"'{item}' gives a step without a range: write {range}-{Greatest}/{step}";
            return false;
        }

        for (var value = first; value <= last; value += step)
            set |= 1UL << value;
        return true;
    }

    bool TryParseRange(string range, out int first, out int last, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        (first, last) = (Least, Greatest);
        if (range == "*")
        {
            // Sunday is in already as 0; with a step, 7 would add days of its own.
            last = this == Weekday ? 6 : Greatest;
            return true;
        }

        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var (from, to) = dash < 0 ? (range, range) : (range[..dash], range[(dash + 1)..]);
        if (!TryValue(from, out first) || !TryValue(to, out last))
        {
            problem = $"'{range}' is not one of its values: expected {Allowed}";
            return false;
        }

        // FRI-SUN is a range upwards when Sunday is the end of the week.
        if (dash >= 0 && this == Weekday && last == 0 && first > 0)
            last = 7;
        if (first > last)
            problem = $"the range '{range}' runs backwards: write it as two, {from}-{Greatest},{Least}-{to}";
        return problem is null;
    }

    bool TryValue(string text, out int value)
    {
        var name = Array.FindIndex(Names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = name + Least;
        return name >= 0 || (TryNumber(text, out value) && value >= Least && value <= Greatest);
    }

    string Allowed => this == Weekday ? "0 to 7 (0 and 7 are Sunday) or SUN to SAT"
        : Names.Length > 0 ? $"{Least} to {Greatest} or {Names[0]} to {Names[^1]}"
        : $"{Least} to {Greatest}";

    static bool TryNumber(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>The numbers in a set, upwards.</summary>
    public static IEnumerable<int> Numbers(ulong set)
    {
        for (; set != 0; set &= set - 1)
            yield return BitOperations.TrailingZeroCount(set);
    }
}
