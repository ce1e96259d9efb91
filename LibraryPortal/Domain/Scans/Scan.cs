using System.Globalization;
using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Scans;

/// <summary>What came through the scan box: a card, the barcode of a copy, the ISBN on the cover of a book, or words typed by a person.</summary>
/// <remarks>Cards and barcodes cannot be told apart by their looks (many libraries number both with digits), so both are looked up;
/// what a scanner adds around them is taken away here.</remarks>
public sealed record Scan
{
    /// <summary>The longest text that is looked at, in characters.</summary>
    public const int MaxLength = 100;

    // Scanners that speak AIM identifiers put one of these in front: ]C0 for Code 128, ]A0 for Code 39, ]E0 for EAN.
    const string Symbologies = "ACEFGIQRSXdeo";

    Scan(string text) => Text = text;

    /// <summary>As it is looked up: nothing a scanner put around it, single spaces.</summary>
    public string Text { get; }

    /// <summary>True when it can be a card or a barcode: one word no longer than a barcode may be.</summary>
    public bool MayBeCode => !Text.Contains(' ', StringComparison.Ordinal) && Text.Length <= Copy.MaxBarcode;

    /// <summary>The book whose cover was scanned; null when it is no ISBN.</summary>
    public Isbn? Isbn => Catalog.Isbn.TryParse(Text, out var isbn) ? isbn : null;

    /// <summary>True when people can be looked up by it: two characters or more, a letter among them.</summary>
    public bool MayBeName => Text.Any(char.IsLetter) && Text.Length >= 2;

    /// <returns>A refusal for nothing, and for what no scanner sends.</returns>
    public static Outcome<Scan> Of(string? raw)
    {
        if (raw is { Length: > MaxLength })
            return new Refusal(RefusalKind.Invalid, $"That is too long for a card, a barcode or a name: {raw.Length.ToString("N0", CultureInfo.InvariantCulture)} characters. Scan one thing at a time.", "scan-too-long");
        var text = string.Join(' ', string.Concat((raw ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > 3 && text[0] == ']' && Symbologies.Contains(text[1], StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(text[2]))
            text = text[3..];
        // Code 39 begins and ends with an asterisk, and some scanners send them along.
        if (text.Length > 2 && text[0] == '*' && text[^1] == '*')
            text = text[1..^1];
        return text.Length == 0 ? new Refusal(RefusalKind.Invalid, "Nothing was scanned. Scan a card or a copy, or type a name.", "scan-empty") : new Scan(text);
    }

    public override string ToString() => Text;
}
