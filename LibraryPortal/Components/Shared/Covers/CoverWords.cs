namespace LibraryPortal.Components.Shared.Covers;

/// <summary>What a cover says, cut to what a cover can hold.</summary>
internal static class CoverWords
{
    static readonly char[] Separators = [',', ';', '/'];

    /// <summary>One or two authors as they are; of more, the first "and others".</summary>
    public static string Byline(string? authors)
    {
        var names = (authors ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length switch
        {
            0 => "",
            1 => names[0],
            2 => $"{Isolate(names[0], names[1])} & {Isolate(names[1], names[0])}",
            _ => $"{Isolate(names[0], "")} and others",
        };
    }

    // Beside words of the other direction a name is fenced in, or the two would change places.
    static string Isolate(string name, string other) => IsRightToLeft(name) == IsRightToLeft(other) ? name : $"\u2068{name}\u2069";

    /// <summary>Without a series in brackets at its end, unless nothing would be left.</summary>
    public static string Title(string title)
    {
        var trimmed = title.Trim();
        var bracket = trimmed.EndsWith(')') ? trimmed.LastIndexOf('(') : -1;
        return bracket > 0 ? trimmed[..bracket].TrimEnd() : trimmed;
    }

    /// <summary>True where the first letter that has a direction runs from right to left (Hebrew, Arabic and their neighbours).</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF)
                return true;
            if (System.Text.Rune.IsLetter(rune))
                return false;
        }

        return false;
    }
}
