using System.Globalization;
using System.Text.RegularExpressions;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Tables;

namespace LibraryPortal.Features.Import.Reading;

/// <summary>Reads the cells of one row and notes what had to be corrected on the way.</summary>
internal sealed partial class CellReader(int row, List<Finding> findings)
{
    /// <summary>Older writing than any that has come down to us.</summary>
    const int OldestYear = -3500;

    const int NewestYear = 2100;

    public int Row => row;

    /// <summary>The words of a cell: control characters gone, spaces single. Empty cells are null.</summary>
    public static string? Text(string? cell)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return null;
        // What this portal exported comes back as it was.
        var text = string.Concat(SpreadsheetSafety.Restore(cell).Select(c => char.IsControl(c) ? ' ' : c));
        return string.Join(' ', text.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? words : null;
    }

    /// <summary>As <see cref="Text(string?)"/>, cut to what is kept.</summary>
    /// <param name="what">What it is, in the words of a finding.</param>
    public string? Text(SourceCell cell, int limit, string what)
    {
        var text = Text(cell.Value);
        if (text is null || text.Length <= limit)
            return text;
        Repaired(cell, $"{what} longer than {limit} characters, cut", $"{text.Length} characters");
        // Never between the two halves of a character.
        return text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }

    public IReadOnlyList<string> Words(SourceCell cell, string[] separators, string what)
    {
        if (string.IsNullOrWhiteSpace(cell.Value))
            return [];
        var words = cell.Value.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Text(cell with { Value = word }, Title.MaxWord, what)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (words.Count <= Title.MaxWords)
            return words;
        Repaired(cell, $"more than {Title.MaxWords} in {what}, the rest left out", $"{words.Count} entries");
        return words[..Title.MaxWords];
    }

    /// <summary>A year as 1813, 1813.0, -750 or 750 BC.</summary>
    public int? Year(SourceCell cell)
    {
        if (Text(cell.Value) is not { } text)
            return null;
        if (FindYear(text) is { } year)
            return year;
        Repaired(cell, "year that is none, left out", $"'{Short(text)}'");
        return null;
    }

    /// <summary>The year a text says; null when it says none.</summary>
    public static int? FindYear(string text)
    {
        var match = YearPattern().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture, out var year))
            return null;
        year = match.Groups["before"].Success ? -Math.Abs(year) : year;
        return year is >= OldestYear and <= NewestYear ? year : null;
    }

    public string? Language(SourceCell cell)
    {
        if (Text(cell.Value) is not { } text)
            return null;
        if (LanguageCode.Normalize(text) is { } code)
            return code;
        Repaired(cell, "language code that names no single language, left out", $"'{Short(text)}'");
        return null;
    }

    /// <summary>An ISBN of either length; leading zeros a spreadsheet has eaten are put back.</summary>
    public Isbn? Isbn(SourceCell cell)
    {
        if (Text(cell.Value) is not { } text)
            return null;
        if (Domain.Catalog.Isbn.TryParse(text, out var isbn))
            return isbn;
        if (Domain.Catalog.Isbn.TryParsePadded(text, out isbn))
        {
            Repaired(cell, "ISBN-10 without its leading zeros, padded", $"'{text}' is {isbn.Ten}");
            return isbn;
        }

        Repaired(cell, "ISBN with a wrong check digit or length, left out", $"'{Short(text)}'");
        return null;
    }

    /// <param name="otherwise">For a cell that says nothing.</param>
    public int Copies(SourceCell cell, int otherwise)
    {
        if (Text(cell.Value) is not { } text)
            return otherwise;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var copies) && copies is >= 0 and <= 99)
            return copies;
        Repaired(cell, "number of copies that is not 0 to 99, taken as 1", $"'{Short(text)}'");
        return 1;
    }

    /// <summary>A barcode or a card number: no spaces inside, within its length.</summary>
    public string? Code(SourceCell cell, int limit, string what)
    {
        if (Text(cell.Value)?.Replace(" ", "", StringComparison.Ordinal) is not { } text)
            return null;
        if (text.Length <= limit)
            return text;
        Repaired(cell, $"{what} longer than {limit} characters, left out", $"'{Short(text)}'");
        return null;
    }

    public void Repaired(SourceCell cell, string reason, string detail) => findings.Add(new Finding(row, FindingKind.Repaired, cell.Column, reason, detail));

    public void Refused(SourceCell cell, string reason, string detail) => findings.Add(new Finding(row, FindingKind.Refused, cell.Column, reason, detail));

    public void Refused(string reason, string detail) => findings.Add(new Finding(row, FindingKind.Refused, "", reason, detail));

    public static string Short(string text) => text.Length > 40 ? $"{text[..40]}…" : text;

    [GeneratedRegex(@"^(?:ca?\.? ?)?(?<year>-?\d{1,4})(?:\.0+)?(?<before> ?(?:BC|BCE|B\.C\.|v\. ?Chr\.))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex YearPattern();
}
