namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>
/// MARC's three-letter language codes (MARC Code List for Languages, which is ISO 639-2/B) and the two-letter ones the catalogue uses
/// (ISO 639-1). The terminological forms (deu, fra) and two withdrawn codes still found in records are read as well.
/// </summary>
internal static class MarcLanguages
{
    const string Table =
        "aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay aze:az bak:ba bam:bm baq:eu bel:be ben:bn bis:bi " +
        "bos:bs bre:br bul:bg bur:my cat:ca cha:ch che:ce chi:zh chu:cu chv:cv cor:kw cos:co cre:cr cze:cs dan:da div:dv dut:nl dzo:dz eng:en epo:eo " +
        "est:et ewe:ee fao:fo fij:fj fin:fi fre:fr fry:fy ful:ff geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he " +
        "her:hz hin:hi hmo:ho hrv:hr hun:hu ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks " +
        "kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln lit:lt ltz:lb lub:lu lug:lg " +
        "mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mlg:mg mlt:mt mon:mn nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nno:nn nob:nb nor:no nya:ny oci:oc " +
        "oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm rum:ro run:rn rus:ru sag:sg san:sa sin:si slo:sk slv:sl " +
        "sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es srd:sc srp:sr ssw:ss sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th " +
        "tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh yid:yi " +
        "yor:yo zha:za zho:zh zul:zu " +
        "sqi:sq hye:hy eus:eu mya:my ces:cs nld:nl fra:fr kat:ka deu:de ell:el isl:is mkd:mk mri:mi msa:ms fas:fa ron:ro slk:sk bod:bo cym:cy scr:hr scc:sr";

    static readonly Dictionary<string, string> ShortByMarc = Table.Split(' ').Select(pair => pair.Split(':')).ToDictionary(pair => pair[0], pair => pair[1]);

    // The bibliographic code of each language stands before its other forms, except where the table says otherwise.
    static readonly Dictionary<string, string> MarcByShort =
        ShortByMarc.Where(pair => pair.Key != "zho").GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.First().Key);

    /// <summary>The catalogue's code for a MARC code; null for none, several, undetermined, and what is not a code.</summary>
    public static string? Short(string code)
    {
        code = code.Trim().ToLowerInvariant();
        if (code is "und" or "mul" or "zxx" or "mis" || !code.All(char.IsAsciiLetterLower))
            return null;
        return code.Length switch
        {
            2 when MarcByShort.ContainsKey(code) => code,
            3 => ShortByMarc.GetValueOrDefault(code, code),
            _ => null,
        };
    }

    /// <summary>The MARC code for a code of the catalogue; <c>und</c> when there is none.</summary>
    public static string Marc(string? code) =>
        code is null ? "und" : code.Length == 3 ? code : MarcByShort.GetValueOrDefault(code, "und");

    /// <summary>The codes of one subfield: older records run several together, as in <c>engfre</c>.</summary>
    public static IEnumerable<string> Split(string text)
    {
        text = text.Trim();
        return text.Length > 3 && text.Length % 3 == 0 ? text.Chunk(3).Select(code => new string(code)) : [text];
    }
}
