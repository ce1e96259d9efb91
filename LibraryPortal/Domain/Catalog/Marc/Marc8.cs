namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Decodes MARC-8 (Library of Congress, MARC 21 Specifications, Character Sets parts 2 and 4). Two sets are in use at a time, one for bytes
/// below 0x80 and one for those above; escape sequences exchange them, and every field begins with ASCII and ANSEL again.
/// </summary>
internal static class Marc8
{
    public const byte Escape = 0x1B;

    /// <param name="onLost">Called with the cause for each character that becomes U+FFFD, or that is left out because it cannot be placed.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, Action<string> onLost)
    {
        var (low, high) = (Marc8Sets.Ascii, Marc8Sets.Ansel);
        var text = new Marc8Composer();
        for (var i = 0; i < bytes.Length;)
        {
            var value = bytes[i];
            if (value == Escape)
            {
                i += Switch(bytes[i..], ref low, ref high, onLost);
                continue;
            }

            if (Format(value) is { } format)
            {
                // Non-sorting marks (0x88, 0x89) and other controls say nothing about the text.
                if (format != '\0')
                    text.Letter(format);
                i++;
                continue;
            }

            var set = value < 0x80 ? low : high;
            i += Width(bytes[i..], set.Bytes);
            var code = value & 0x7F;
            if (set[code] is not { } character)
            {
                text.Letter('\uFFFD');
                onLost(set.Name);
            }
            else if (set.IsMark(code))
            {
                text.Mark(character);
            }
            else
            {
                text.Letter(character);
            }
        }

        if (!text.IsComplete)
            onLost("an accent without its letter");
        return text.ToString();
    }

    // A character cut short must not swallow the escape sequence behind it.
    static int Width(ReadOnlySpan<byte> bytes, int width)
    {
        var rest = bytes[1..Math.Min(width, bytes.Length)];
        var end = rest.IndexOfAnyInRange((byte)0x00, (byte)0x20);
        return 1 + (end < 0 ? rest.Length : end);
    }

    static char? Format(byte value) => value switch
    {
        (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => ' ',
        0x8D => '\u200D', // joiner
        0x8E => '\u200C', // non-joiner
        < 0x20 or 0x7F or (>= 0x80 and < 0xA0) => '\0',
        _ => null,
    };

    /// <summary>Follows one escape sequence.</summary>
    /// <returns>Its length in bytes, at least 1.</returns>
    static int Switch(ReadOnlySpan<byte> bytes, ref Marc8Set low, ref Marc8Set high, Action<string> onLost)
    {
        if (bytes.Length >= 2 && Marc8Sets.ByShortEscape(bytes[1]) is { } custom)
        {
            low = custom;
            return 2;
        }

        var at = 1;
        var isMultiple = at < bytes.Length && bytes[at] == (byte)'$';
        if (isMultiple)
            at++;
        var intermediate = at < bytes.Length ? bytes[at] : default;
        var isHigh = intermediate is (byte)')' or (byte)'-';
        if (isHigh || intermediate is (byte)'(' or (byte)',')
            at++;
        else if (!isMultiple)
            return Broken(1, onLost);
        if (at < bytes.Length && bytes[at] == (byte)'!')
            at++;
        if (at >= bytes.Length)
            return Broken(bytes.Length, onLost);
        var set = Marc8Sets.ByFinal(bytes[at], isMultiple ? 3 : 1);
        if (isHigh)
            high = set;
        else
            low = set;
        return at + 1;
    }

    static int Broken(int length, Action<string> onLost)
    {
        onLost("a broken escape sequence");
        return length;
    }
}
