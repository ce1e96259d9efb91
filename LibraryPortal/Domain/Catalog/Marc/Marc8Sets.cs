namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// The sets of MARC-8 (Library of Congress, MARC 21 Specifications, Character Sets part 2; code tables of part 5). The Latin ones are read:
/// ASCII, ANSEL (ANSI/NISO Z39.47 with the euro and eszett added later), Greek symbols, subscripts and superscripts.
/// </summary>
internal static class Marc8Sets
{
    /// <summary>Stands in <see cref="Ansel"/> for the second half of a mark over two letters: Unicode has one character for both.</summary>
    public const char SecondHalf = '\u0001';

    public static Marc8Set Ascii { get; } = new("basic Latin", Characters: string.Concat(Enumerable.Range(0x20, 0x5F).Select(code => (char)code)));

    public static Marc8Set Ansel { get; } = new("extended Latin", FirstMark: 0x60, Characters:
        " \u0141\u00D8\u0110\u00DE\u00C6\u0152\u02B9\u00B7\u266D\u00AE\u00B1\u01A0\u01AF\u02BC " + // A0: Ł Ø Đ Þ Æ Œ, soft sign, · ♭ ® ± Ơ Ư, alif
        "\u02BB\u0142\u00F8\u0111\u00FE\u00E6\u0153\u02BA\u0131\u00A3\u00F0 \u01A1\u01B0  " + // B0: ayn, ł ø đ þ æ œ, hard sign, ı £ ð ơ ư
        "\u00B0\u2113\u2117\u00A9\u266F\u00BF\u00A1\u00DF\u20AC       " + // C0: ° ℓ ℗ © ♯ ¿ ¡ ß €
        "                " + // D0
        "\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030C\u030A\u0361\u0001\u0315\u030B\u0310" + // E0: hook above, grave, acute ...
        "\u0327\u0328\u0323\u0324\u0325\u0333\u0332\u0326\u031C\u032E\u0360\u0001  \u0313"); // F0: cedilla, ogonek, dot below ...

    static readonly Marc8Set GreekSymbols = Sparse("Greek symbols", "abc", "\u03B1\u03B2\u03B3");
    static readonly Marc8Set Subscripts = Sparse("subscripts", "()+-0123456789", "\u208D\u208E\u208A\u208B\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089");
    static readonly Marc8Set Superscripts = Sparse("superscripts", "()+-0123456789", "\u207D\u207E\u207A\u207B\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079");

    /// <summary>The set an escape sequence of two bytes switches to; null when it is none of these.</summary>
    public static Marc8Set? ByShortEscape(byte letter) => letter switch
    {
        (byte)'s' => Ascii,
        (byte)'g' => GreekSymbols,
        (byte)'b' => Subscripts,
        (byte)'p' => Superscripts,
        _ => null,
    };

    /// <summary>The set with this final character of a longer escape sequence.</summary>
    /// <param name="bytes">Per character, if the set is not known.</param>
    public static Marc8Set ByFinal(byte final, int bytes) => final switch
    {
        (byte)'B' => Ascii,
        (byte)'E' => Ansel,
        (byte)'1' => new("East Asian", 3),
        (byte)'2' => new("Hebrew"),
        (byte)'3' or (byte)'4' => new("Arabic"),
        (byte)'N' or (byte)'Q' => new("Cyrillic"),
        (byte)'S' => new("Greek"),
        _ => new("an unknown character set", bytes),
    };

    static Marc8Set Sparse(string name, string codes, string characters)
    {
        var table = new char[0x60];
        Array.Fill(table, ' ');
        for (var i = 0; i < codes.Length; i++)
            table[codes[i] - 0x20] = characters[i];
        return new Marc8Set(name, Characters: new string(table));
    }
}
