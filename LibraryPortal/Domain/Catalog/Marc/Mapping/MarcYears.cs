using System.Globalization;
using System.Text.RegularExpressions;

namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>Finds the year in what a record says about dates: <c>c1954</c>, <c>[1954?]</c>, <c>1372 [1953]</c>, <c>750 BC</c>.</summary>
internal static partial class MarcYears
{
    /// <summary>The year; negative before our era; null when there is none.</summary>
    public static int? Parse(string? text)
    {
        if (text is null || text.Length > 200)
            return null;
        // A year in brackets beside another one is the cataloguer's conversion from another calendar.
        var years = Year().Matches(text);
        if (years.Count > 1 && Converted().Match(text) is { Success: true } converted)
            return Number(converted);
        if (years.Count > 0)
            return Number(years[0]);
        return BeforeOurEra().Match(text) is { Success: true } before ? -Number(before) : null;
    }

    /// <summary>The four characters of a date in field 008; null when one is not known.</summary>
    public static int? Coded(ReadOnlySpan<char> four) => int.TryParse(four, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 0 and < 3000 ? year : null;

    static int Number(Match match) => int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<!\d)(?<year>[12]\d{3})(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Year();

    [GeneratedRegex(@"\d{4}\s*\[\D{0,6}(?<year>[12]\d{3})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Converted();

    [GeneratedRegex(@"(?<!\d)(?<year>\d{1,4})\s*(B\.?C|v\. Chr)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex BeforeOurEra();
}
