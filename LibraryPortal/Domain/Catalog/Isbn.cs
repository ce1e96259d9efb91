namespace LibraryPortal.Domain.Catalog;

/// <summary>A valid ISBN: always its 13 digits, and the old 10 characters where they exist (prefix 978).</summary>
public readonly record struct Isbn
{
    Isbn(string thirteen) => Thirteen = thirteen;

    /// <summary>13 digits without hyphens.</summary>
    public string Thirteen { get; }

    /// <summary>10 characters without hyphens, the last perhaps an X. Null for a prefix other than 978, which has no short form.</summary>
    public string? Ten => Thirteen.StartsWith("978", StringComparison.Ordinal) ? Thirteen[3..12] + CheckTen(Thirteen.AsSpan(3, 9)) : null;

    /// <summary>Reads an ISBN-10 or ISBN-13; spaces, hyphens and a leading "ISBN" do not matter, the check digit does.</summary>
    public static bool TryParse(string? text, out Isbn isbn)
    {
        isbn = default;
        var compact = Compact(text);
        return compact.Length switch
        {
            10 => TryTen(compact, out isbn),
            13 => TryThirteen(compact, out isbn),
            _ => false,
        };
    }

    /// <summary>As <see cref="TryParse"/>, and also reads an ISBN-10 whose leading zeros a spreadsheet has eaten (7 to 9 characters left).</summary>
    public static bool TryParsePadded(string? text, out Isbn isbn)
    {
        var compact = Compact(text);
        return TryParse(compact.Length is >= 7 and <= 9 ? compact.PadLeft(10, '0') : compact, out isbn);
    }

    public override string ToString() => Thirteen;

    static string Compact(string? text)
    {
        // Long input is not an ISBN; do not copy it to find out.
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40)
            return "";
        var trimmed = text.Trim();
        foreach (var label in (ReadOnlySpan<string>)["ISBN-13", "ISBN-10", "ISBN"])
        {
            if (trimmed.StartsWith(label, StringComparison.OrdinalIgnoreCase))
            {
                trimmed = trimmed[label.Length..].TrimStart(':', ' ');
                break;
            }
        }

        return string.Concat(trimmed.Where(c => c is not (' ' or '-' or '\u2010' or '\u2011' or '\u2013'))).ToUpperInvariant();
    }

    static bool TryTen(string text, out Isbn isbn)
    {
        isbn = default;
        var body = text.AsSpan(0, 9);
        if (body.ContainsAnyExceptInRange('0', '9') || text[9] != CheckTen(body))
            return false;
        isbn = new Isbn($"978{body}{CheckThirteen($"978{body}")}");
        return true;
    }

    static bool TryThirteen(string text, out Isbn isbn)
    {
        isbn = default;
        if (text.AsSpan().ContainsAnyExceptInRange('0', '9') || text[12] != CheckThirteen(text.AsSpan(0, 12)))
            return false;
        if (!text.StartsWith("978", StringComparison.Ordinal) && !text.StartsWith("979", StringComparison.Ordinal))
            return false;
        isbn = new Isbn(text);
        return true;
    }

    static char CheckTen(ReadOnlySpan<char> nine)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (10 - i) * (nine[i] - '0');
        var check = (11 - sum % 11) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }

    static char CheckThirteen(ReadOnlySpan<char> twelve)
    {
        var sum = 0;
        for (var i = 0; i < 12; i++)
            sum += (i % 2 == 0 ? 1 : 3) * (twelve[i] - '0');
        return (char)('0' + (10 - sum % 10) % 10);
    }
}
