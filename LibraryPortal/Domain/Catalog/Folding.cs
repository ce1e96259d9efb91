using System.Globalization;
using System.Text;

namespace LibraryPortal.Domain.Catalog;

/// <summary>Makes text comparable: case, accents, ligatures and punctuation no longer matter. Deterministic; keys made by it are stored.</summary>
public static class Folding
{
    /// <summary>The words of the text in lower case without accents, one space between; an apostrophe vanishes, other punctuation separates.</summary>
    public static string Fold(string text) => string.Join(' ', Words(text).Select(word => word.Replace("'", "", StringComparison.Ordinal)));

    /// <summary>The plain words a person typed, for a search: split at every sign.</summary>
    public static IReadOnlyList<string> SearchWords(string text) => [.. Words(text).SelectMany(Parts)];

    /// <summary>
    /// What a search index stores, so that a word is found however it is typed: <c>L'Étranger</c> as <c>letranger l etranger</c>,
    /// <c>Catch-22</c> as <c>catch 22 catch22</c>, <c>J. R. R.</c> as <c>j r r jrr</c>.
    /// </summary>
    public static string IndexText(string text)
    {
        List<string> words = [];
        var initials = "";
        foreach (var word in Simplify(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split(Inner, StringSplitOptions.RemoveEmptyEntries);
            if (parts is [{ Length: 1 }])
            {
                initials += parts[0];
            }
            else
            {
                AddInitials(words, initials);
                initials = "";
            }

            words.AddRange(parts);
            if (parts.Length > 1)
                words.Add(string.Concat(parts));
        }

        AddInitials(words, initials);
        return string.Join(' ', words);
    }

    static readonly char[] Inner = ['\'', '-', '.'];

    static void AddInitials(List<string> words, string initials)
    {
        if (initials.Length > 1)
            words.Add(initials);
    }

    static IEnumerable<string> Words(string text) =>
        Simplify(text).Split([' ', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Trim('\'').Length > 0);

    static IEnumerable<string> Parts(string word) => word.Split('\'', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lower-case letters and digits, spaces, and the three signs that may stand inside a word.</summary>
    static string Simplify(string text)
    {
        // Most text is plain, and a catalogue has much of it.
        if (Ascii.IsValid(text))
            return string.Create(text.Length, text, static (plain, from) =>
            {
                for (var i = 0; i < plain.Length; i++)
                    plain[i] = char.IsAsciiLetterOrDigit(from[i]) ? char.ToLowerInvariant(from[i]) : Sign(from[i]);
            });
        // Decomposition throws on a lone surrogate; such text comes from damaged files and from hostile clients.
        var decomposed = Repair(text).Normalize(NormalizationForm.FormKD);
        var result = new StringBuilder(decomposed.Length);
        foreach (var rune in decomposed.EnumerateRunes())
        {
            if (IsAccent(rune.Value))
                continue;
            if (Ligature(rune.Value) is { } letters)
                result.Append(letters);
            else if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
                result.Append(Rune.ToLowerInvariant(rune).ToString());
            else
                result.Append(Sign(rune.Value));
        }

        // Lower-casing can bring accents back (the Turkish capital I with dot); composing keeps Hangul syllables whole.
        return result.Replace("\u0307", "").ToString().Normalize(NormalizationForm.FormC);
    }

    static string Repair(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
        }

        return text;
    }

    // Vowel signs of Indic scripts and voicing marks of kana are letters to their readers, so only these ranges are accents.
    static bool IsAccent(int value) => value is (>= 0x0300 and <= 0x036F) or (>= 0x0591 and <= 0x05C7)
        or (>= 0x0610 and <= 0x061A) or 0x0640 or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or 0x00AD or 0x200B or 0x200D or 0xFEFF;

    static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    static string? Ligature(int value) => value switch
    {
        0xDF or 0x1E9E => "ss",
        0xE6 or 0xC6 => "ae",
        0x153 or 0x152 => "oe",
        0xF8 or 0xD8 => "o",
        0x142 or 0x141 => "l",
        0x111 or 0x110 or 0xF0 or 0xD0 => "d",
        0xFE or 0xDE => "th",
        0x131 => "i",
        0x3C2 => "\u03C3",
        _ => null,
    };

    static char Sign(int value) => value switch
    {
        '\'' or '`' or 0x2018 or 0x2019 or 0x02BC or 0x02BB or 0x00B4 or 0x2032 => '\'',
        '-' or 0x2010 or 0x2011 => '-',
        '.' => '.',
        _ => ' ',
    };
}
