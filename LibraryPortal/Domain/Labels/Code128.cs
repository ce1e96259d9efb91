namespace LibraryPortal.Domain.Labels;

/// <summary>
/// Bar codes of ISO/IEC 15417 (Code 128): any printable ASCII in code set B, two digits to a symbol in set C. The shortest mix of both is
/// taken; the check symbol is the sum of start value and each value times its place, modulo 103.
/// </summary>
public static class Code128
{
    /// <summary>The longest text, in characters; more does not fit a label.</summary>
    public const int MaxLength = 80;

    /// <summary>Clear space each side must keep, in modules (clause 4.3.2).</summary>
    public const int QuietZone = 10;

    const int SwitchToC = 99;
    const int SwitchToB = 100;
    const int StartB = 104;
    const int StartC = 105;
    const int Stop = 106;

    // Widths of bars and spaces of each symbol, beginning with a bar (table 1).
    static readonly string[] Widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212",
        "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112", "312131",
        "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
        "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121",
        "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
        "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
        "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212",
        "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113",
        "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
    ];

    /// <summary>The bars of the text; refused when it is empty, too long, or holds more than printable ASCII.</summary>
    public static Outcome<ModuleRow> Encode(string text)
    {
        if (text.Length is 0 or > MaxLength)
            return new Refusal(RefusalKind.Invalid, $"A bar code holds 1 to {MaxLength} characters; this text has {text.Length}.", "barcode-length");
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') is >= 0 and var at)
            return new Refusal(RefusalKind.Invalid, $"A bar code holds letters, digits and signs of plain English only; “{text[at]}” is none.", "barcode-characters");
        var values = Values(text);
        var check = values[0];
        for (var i = 1; i < values.Count; i++)
            check = (check + i * values[i]) % 103;
        List<bool> modules = [];
        foreach (var value in values.Append(check).Append(Stop))
        {
            for (var i = 0; i < Widths[value].Length; i++)
                modules.AddRange(Enumerable.Repeat(i % 2 == 0, Widths[value][i] - '0'));
        }

        return new ModuleRow(modules);
    }

    /// <summary>Start symbol and data of the shortest encoding, without check and stop.</summary>
    internal static IReadOnlyList<int> Values(string text)
    {
        // Symbols still needed from each place on, in either set; walked backwards, so that the way forward only follows the smaller number.
        var inB = new int[text.Length + 1];
        var inC = new int[text.Length + 1];
        for (var i = text.Length - 1; i >= 0; i--)
        {
            var stayB = 1 + inB[i + 1];
            var stayC = IsPair(text, i) ? 1 + inC[i + 2] : int.MaxValue / 2;
            inB[i] = Math.Min(stayB, 1 + stayC);
            inC[i] = Math.Min(stayC, 1 + stayB);
        }

        var isC = inC[0] < inB[0];
        List<int> values = [isC ? StartC : StartB];
        for (var i = 0; i < text.Length;)
        {
            // A pair at hand is never dearer in C; leaving B for it may be.
            if (isC ? !IsPair(text, i) : inB[i] < 1 + inB[i + 1])
            {
                isC = !isC;
                values.Add(isC ? SwitchToC : SwitchToB);
            }

            values.Add(isC ? (text[i] - '0') * 10 + (text[i + 1] - '0') : text[i] - ' ');
            i += isC ? 2 : 1;
        }

        return values;
    }

    static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]);
}
