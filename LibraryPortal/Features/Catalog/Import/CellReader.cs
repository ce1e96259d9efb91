using System.Globalization;
using System.Text.RegularExpressions;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Import;

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
        var text = string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c));
        return string.Join(' ', text.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? words : null;
    }

    /// <summary>As <see cref="Text"/>, cut to what a column holds.</summary>
    public string? Text(string? cell, int limit, string column)
    {
        var text = Text(cell);
        if (text is null || text.Length <= limit)
            return text;
        Repaired($"{column} longer than {limit} characters, cut", $"{text.Length} characters");
        // Never between the two halves of a character.
        return text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }

    public IReadOnlyList<string> Words(string? cell, string[] separators, string column)
    {
        var words = (cell ?? "").Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Text(word, Title.MaxWord, column)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (words.Count <= Title.MaxWords)
            return words;
        Repaired($"more than {Title.MaxWords} in {column}, the rest left out", $"{words.Count} entries");
        return words[..Title.MaxWords];
    }

    /// <summary>A year as 1813, 1813.0, -750 or 750 BC.</summary>
    public int? Year(string? cell)
    {
        if (Text(cell) is not { } text)
            return null;
        var match = YearPattern().Match(text);
        if (match.Success && int.TryParse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture, out var year))
        {
            year = match.Groups["before"].Success ? -Math.Abs(year) : year;
            if (year is >= OldestYear and <= NewestYear)
                return year;
        }

        Repaired("year that is none, left out", $"'{Short(text)}'");
        return null;
    }

    public string? Language(string? cell)
    {
        if (Text(cell) is not { } text)
            return null;
        if (LanguageCode.Normalize(text) is { } code)
            return code;
        Repaired("language code that names no single language, left out", $"'{Short(text)}'");
        return null;
    }

    /// <summary>An ISBN of either length; leading zeros a spreadsheet has eaten are put back.</summary>
    public Isbn? Isbn(string? cell)
    {
        if (Text(cell) is not { } text)
            return null;
        if (Domain.Catalog.Isbn.TryParse(text, out var isbn))
            return isbn;
        if (Domain.Catalog.Isbn.TryParsePadded(text, out isbn))
        {
            Repaired("ISBN-10 without its leading zeros, padded", $"'{text}' is {isbn.Ten}");
            return isbn;
        }

        Repaired("ISBN with a wrong check digit or length, left out", $"'{Short(text)}'");
        return null;
    }

    public int Copies(string? cell)
    {
        if (Text(cell) is not { } text)
            return 1;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var copies) && copies is >= 0 and <= 99)
            return copies;
        Repaired("number of copies that is not 0 to 99, taken as 1", $"'{Short(text)}'");
        return 1;
    }

    public void Repaired(string reason, string detail) => findings.Add(new Finding(row, FindingKind.Repaired, reason, detail));

    public BookDraft? Refused(string reason, string detail)
    {
        findings.Add(new Finding(row, FindingKind.Refused, reason, detail));
        return null;
    }

    static string Short(string text) => text.Length > 40 ? $"{text[..40]}…" : text;

    [GeneratedRegex(@"^(?:ca?\.? ?)?(?<year>-?\d{1,4})(?:\.0+)?(?<before> ?(?:BC|BCE|B\.C\.|v\. ?Chr\.))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex YearPattern();
}
