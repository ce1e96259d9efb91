namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>
/// Takes away the marks cataloguers put between the areas of a description (ISBD Consolidated Edition, A3): in MARC they stand at the end of
/// the subfield before, as in <c>The hobbit /</c>. A full stop stays where it belongs to the words: after an initial, an abbreviation, or as
/// part of an ellipsis.
/// </summary>
internal static class IsbdPunctuation
{
    static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "bd", "bk", "bros", "ca", "cf", "cm", "co", "col", "corp", "dept", "dr", "ed", "eds", "esq", "etc", "fl", "hrsg", "ill", "inc", "jr", "ltd", "mm",
        "mr", "mrs", "ms", "mt", "no", "nr", "ph.d", "pp", "pt", "pts", "rev", "sr", "st", "suppl", "t", "univ", "usw", "vol", "vols", "vs",
    };

    /// <summary>The words without such marks at either end and without brackets around the whole.</summary>
    public static string Trim(string text)
    {
        while (true)
        {
            var trimmed = WithoutBrackets(text.Trim().TrimEnd('/', ':', ';', ',', '=', ' '));
            if (trimmed.EndsWith('.') && !KeepsStop(trimmed))
                trimmed = trimmed[..^1];
            if (trimmed.Length == text.Length)
                return trimmed;
            text = trimmed;
        }
    }

    /// <summary>As <see cref="Trim(string)"/>; null when nothing is left.</summary>
    public static string? TrimToNull(string? text) => text is not null && Trim(text) is { Length: > 0 } trimmed ? trimmed : null;

    static bool KeepsStop(string text)
    {
        if (text.EndsWith("..", StringComparison.Ordinal))
            return true;
        var start = text.LastIndexOfAny([' ', '-', '(', '[']) + 1;
        var word = text[start..^1];
        return (word.Length > 0 && char.IsLetter(word[^1]) && (word.Length == 1 || word[^2] == '.')) || Abbreviations.Contains(word);
    }

    // A bracket without its partner was opened or closed in another subfield.
    static string WithoutBrackets(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var close && (close < 0 || close == text.Length - 1))
            text = text[1..];
        return text.EndsWith(']') && !text.Contains('[', StringComparison.Ordinal) ? text[..^1] : text;
    }
}
