using System.Globalization;

namespace LibraryPortal.Components.Shared.Covers;

/// <summary>Breaks text into lines without a font at hand: widths are estimates on the generous side for a bold serif.</summary>
internal static class Typesetter
{
    /// <summary>The largest of the sizes at which the text fits into the width and the lines allowed; at the smallest it is cut with an ellipsis.</summary>
    /// <param name="sizes">From large to small, in the cover's units.</param>
    /// <param name="leading">From baseline to baseline, in sizes.</param>
    public static (IReadOnlyList<string> Lines, double Size) Fit(string text, double width, double height, ReadOnlySpan<double> sizes, double leading)
    {
        foreach (var size in sizes)
        {
            // A word is broken only at the smallest size: better small than torn.
            var lines = Break(text, width / size, tear: size == sizes[^1]);
            var room = Math.Max(1, (int)(height / (size * leading)));
            if (lines is not null && lines.Count <= room)
                return (lines, size);
            if (size == sizes[^1])
                return (Cut(lines!, room, width / size), size);
        }

        return ([], 0);
    }

    /// <summary>Width of a text in ems.</summary>
    public static double Measure(string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
            width += WidthOf(rune.Value, System.Text.Rune.GetUnicodeCategory(rune));
        return width;
    }

    static double WidthOf(int rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ when rune is >= 0x1100 and <= 0x11FF or >= 0x2E80 and <= 0xD7FF or >= 0xF900 and <= 0xFAFF or >= 0xFF00 and <= 0xFF60 or >= 0x1F000 => 1,
        _ when rune is 'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or '\'' or '’' or '.' or ',' or ':' or ';' or '!' or '|' or ' ' or '-' or '(' or ')' => .36,
        _ when rune is 'm' or 'w' => .88,
        _ when rune is 'M' or 'W' or '@' or '—' or '…' => 1,
        UnicodeCategory.UppercaseLetter => .74,
        _ => .58,
    };

    static List<string>? Break(string text, double ems, bool tear)
    {
        List<string> lines = [];
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Measure(longer) <= ems)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = word;
            if (Measure(word) <= ems)
                continue;
            if (!tear)
                return null;
            var pieces = Tear(word, ems);
            lines.AddRange(pieces[..^1]);
            line = pieces[^1];
        }

        if (line.Length > 0)
            lines.Add(line);
        return lines;
    }

    // Between text elements, never inside one: an accent stays on its letter.
    static List<string> Tear(string word, double ems)
    {
        List<string> pieces = [];
        var piece = "";
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (piece.Length > 0 && Measure(piece + element) > ems)
            {
                pieces.Add(piece);
                piece = "";
            }

            piece += element;
        }

        pieces.Add(piece);
        return pieces;
    }

    static List<string> Cut(List<string> lines, int room, double ems)
    {
        if (lines.Count <= room)
            return lines;
        var kept = lines[..room];
        var last = kept[^1];
        while (last.Length > 0 && Measure(last + "…") > ems)
            last = last[..^(char.IsLowSurrogate(last[^1]) ? 2 : 1)];
        kept[^1] = last.TrimEnd(' ', ',', ':', ';', '-') + "…";
        return kept;
    }
}
