namespace LibraryPortal.Domain.Catalog;

/// <summary>Reads the codes by which catalogues name a language.</summary>
public static class LanguageCode
{
    // Three-letter codes as libraries write them (ISO 639-2, both kinds) to the two-letter ones kept here.
    static readonly Dictionary<string, string> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ara"] = "ar", ["ben"] = "bn", ["bul"] = "bg", ["cat"] = "ca", ["ces"] = "cs", ["cze"] = "cs", ["chi"] = "zh", ["zho"] = "zh", ["dan"] = "da",
        ["deu"] = "de", ["ger"] = "de", ["dut"] = "nl", ["nld"] = "nl", ["ell"] = "el", ["gre"] = "el", ["eng"] = "en", ["est"] = "et", ["fas"] = "fa",
        ["per"] = "fa", ["fin"] = "fi", ["fra"] = "fr", ["fre"] = "fr", ["heb"] = "he", ["hin"] = "hi", ["hrv"] = "hr", ["hun"] = "hu", ["ice"] = "is",
        ["isl"] = "is", ["ind"] = "id", ["ita"] = "it", ["jpn"] = "ja", ["kor"] = "ko", ["lat"] = "la", ["lav"] = "lv", ["lit"] = "lt", ["may"] = "ms",
        ["msa"] = "ms", ["nor"] = "no", ["nob"] = "no", ["pol"] = "pl", ["por"] = "pt", ["ron"] = "ro", ["rum"] = "ro", ["rus"] = "ru", ["san"] = "sa",
        ["slk"] = "sk", ["slo"] = "sk", ["slv"] = "sl", ["spa"] = "es", ["srp"] = "sr", ["swe"] = "sv", ["tam"] = "ta", ["tha"] = "th", ["tur"] = "tr",
        ["ukr"] = "uk", ["urd"] = "ur", ["vie"] = "vi",
    };

    /// <summary>The two-letter code (<c>eng</c>, <c>en-GB</c> and <c>EN</c> give <c>en</c>), a three-letter one where there is no shorter, or null for no single language.</summary>
    public static string? Normalize(string? code)
    {
        var main = (code ?? "").Trim().Split('-', '_')[0].ToLowerInvariant();
        if (main is "mul" or "und" or "zxx" || main.Length is < 2 or > 3 || main.AsSpan().ContainsAnyExceptInRange('a', 'z'))
            return null;
        return Short.GetValueOrDefault(main, main);
    }
}
