using System.Globalization;
using System.Text;

namespace LibraryPortal.Tables;

/// <summary>Keeps a text cell from being run as a formula by the spreadsheet that opens the file.</summary>
internal static class SpreadsheetSafety
{
    /// <summary>Puts an apostrophe before a text that a spreadsheet could take for a formula or command; any other text is returned as it is.</summary>
    public static string Neutralise(string text) => IsDangerous(text) ? "'" + text : text;

    /// <summary>Takes off the apostrophe <see cref="Neutralise"/> has put before a text; any other text, such as <c>'Salem's Lot</c>, is returned as it is.</summary>
    public static string Restore(string text) => text.StartsWith('\'') && IsDangerous(text[1..]) ? text[1..] : text;

    // Spreadsheets trim before they look for a formula, so what they trim is passed over here too.
    static bool IsDangerous(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (StartsFormula(rune.Value))
                return true;
            if (!IsInvisible(rune))
                return false;
        }

        return false;
    }

    static bool StartsFormula(int character) => character is
        '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0'
        or 0xFF1D or 0xFF0B or 0xFF0D or 0xFF20 // full width
        or 0xFE66 or 0xFE62 or 0xFE63 or 0xFE6B; // small form

    static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Format or UnicodeCategory.Control => true,
        // Letters and marks that draw nothing: fillers, the blank Braille cell, joiners, variation selectors.
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or 0x17B4 or 0x17B5
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF),
    };
}
