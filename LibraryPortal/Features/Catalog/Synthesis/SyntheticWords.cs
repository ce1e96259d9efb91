namespace LibraryPortal.Features.Catalog.Synthesis;

/// <summary>The words a synthetic catalogue is made of: a small stock of real ones, most frequent first, and a long tail made of syllables.</summary>
internal static class SyntheticWords
{
    static readonly string[] Syllables =
    [
        "ba", "be", "bor", "ca", "cen", "dal", "der", "do", "el", "en", "fa", "fen", "ga", "gor", "ha", "hel", "in", "ir", "ja", "ka", "kel", "la", "len", "lo", "ma", "men",
        "mi", "mor", "na", "nel", "no", "or", "pa", "per", "po", "ra", "ren", "ri", "ro", "sa", "sel", "sha", "so", "ta", "ten", "ti", "tor", "u", "va", "ver", "vi", "wa", "wen", "ya", "zel", "zo",
    ];

    public static IReadOnlyList<string> Nouns { get; } = [.. Split("""
        life love house world night war time heart book river city man woman girl road day light sea garden mountain king queen daughter son mother father
        brother sister friend death shadow stone fire water wind winter summer spring autumn star moon sun sky island forest tree bird wolf horse dog cat
        lion bear fox rose flower field village town street bridge tower castle church school hospital station train ship boat journey road map letter
        word story tale song music dance dream memory secret truth lie promise game dance party wedding kitchen table bread wine salt sugar tea coffee
        doctor teacher soldier thief detective lawyer painter writer poet gardener baker sailor pilot farmer hunter nurse prince princess witch ghost
        angel devil dragon monster giant stranger neighbour guest family child children people nation empire republic revolution peace crime murder
        trial prison island harbour coast desert valley lake ocean storm rain snow ice glass mirror door window key lock box clock watch ring crown
        sword knife gun bone blood skin eye hand voice name face body mind soul spirit faith hope fear anger joy silence noise colour blue history
        """), .. Invented(40_000, 17, 2, 3)];

    public static IReadOnlyList<string> Adjectives { get; } = Split("""
        little great last first old new dark long lost secret white black red golden silver quiet wild small big cold warm broken hidden forgotten
        perfect beautiful strange brave good bad true false happy sad deep high low far near early late silent burning frozen hollow empty open
        """);

    public static IReadOnlyList<string> Places { get; } = [.. Split("""
        England France Germany Italy Spain Russia China Japan India America Africa Europe London Paris Berlin Rome Venice Vienna Moscow Cairo Istanbul
        Ireland Scotland Wales Greece Turkey Egypt Mexico Brazil Canada Australia Norway Sweden Denmark Poland Portugal Morocco Persia Iceland Prague
        """), .. Invented(3_000, 29, 2, 3).Select(Capital)];

    public static IReadOnlyList<string> FirstNames { get; } = [.. Split("""
        John Mary James Anna Robert Elizabeth William Margaret David Sarah Michael Emma Richard Alice Thomas Helen Charles Jane Peter Maria Paul Laura
        George Julia Henry Clara Daniel Sophie Martin Eva Andrew Nina Edward Ruth Frank Lucy Stephen Irene Philip Rosa Simon Olga Victor Ingrid Carlos
        Elena José Inés André Zoë Günter Søren Łukasz Jürgen Amélie Björn Chloé François Márta Ольга Иван Μαρία 村上 محمد فاطمة Yusuf Aisha Wei Li Hiroshi
        """), .. Invented(600, 41, 2, 2).Select(Capital)];

    public static IReadOnlyList<string> LastNames { get; } = [.. Split("""
        Smith Jones Brown Taylor Wilson Evans Thomas Roberts Johnson Walker Wright Thompson White Hughes Green Hall Wood Harris Martin Jackson Clarke
        Lewis Scott King Baker Turner Hill Moore Cooper Ward Morris Parker Bell Murphy Cook Rogers Gray Palmer Stone Fox Marsh Rowe Hardy Woolf Müller
        Schmidt Weber Wagner Becker Dubois Laurent Moreau Garnier Rossi Bianchi Romano García Márquez Núñez Silva Santos Andersen Nielsen Lindström
        Nowak Kowalski Novák Dvořák Popescu Ivanova Sokolov Papadopoulos Yılmaz Öztürk Tanaka Suzuki Kim Park Chen Wang Nguyễn Singh Patel Khan O'Brien
        McCarthy D'Angelo Saint-Pierre
        """), .. Invented(60_000, 53, 2, 3).Select(Capital)];

    public static IReadOnlyList<string> Subjects { get; } = [.. Subject()];

    public static IReadOnlyList<string> Sentences { get; } = [.. Split("in of and to with from about between after before without against under over through")];

    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    static IEnumerable<string> Subject()
    {
        var fields = Split("""
            Fiction Novel History Biography Mystery Romance Fantasy Travel Cooking Poetry Science Nature Art Music Philosophy Religion Psychology Politics
            Economics Law Medicine Gardening Sports Crafts Photography Architecture Drama Humour Horror Adventure Thriller Classics Education Languages
            Mathematics Physics Chemistry Biology Astronomy Geology Computing Engineering Business Sociology Anthropology Archaeology Mythology Folklore
            """);
        var kinds = Split("children young-adults 20th-century 19th-century medieval modern illustrated essays letters criticism handbooks Europe Asia Africa America women families war sea animals");
        foreach (var field in fields)
            yield return field;
        foreach (var kind in kinds)
        {
            foreach (var field in fields)
                yield return $"{field} – {kind.Replace('-', ' ')}";
        }
    }

    static IEnumerable<string> Invented(int count, ulong seed, int least, int most)
    {
        var draw = new Draw(seed);
        HashSet<string> made = [];
        while (made.Count < count)
        {
            var word = string.Concat(Enumerable.Range(0, least + draw.Below(most - least + 2)).Select(_ => draw.Of(Syllables)));
            if (word.Length > 3 && made.Add(word))
                yield return word;
        }
    }

    static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
