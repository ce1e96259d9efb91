using System.Text.RegularExpressions;

namespace LibraryPortal.Domain.Catalog;

/// <summary>The key by which titles are sorted and recognised: folded, without the article it begins with.</summary>
public static partial class TitleKey
{
    static readonly Dictionary<string, string[]> Articles = new()
    {
        ["en"] = ["the", "a", "an"],
        ["de"] = ["der", "die", "das", "ein", "eine"],
        ["fr"] = ["le", "la", "les", "un", "une"],
        ["es"] = ["el", "la", "los", "las", "un", "una"],
        ["it"] = ["il", "lo", "la", "i", "gli", "le", "un", "uno", "una"],
        ["pt"] = ["o", "a", "os", "as", "um", "uma"],
        ["nl"] = ["de", "het", "een"],
    };

    static readonly HashSet<string> AllArticles = [.. Articles.Values.SelectMany(words => words)];

    /// <summary>The stored key of a title. Which words are articles depends on its language; without one, English is assumed.</summary>
    public static string For(string name, string? language)
    {
        var articles = Articles.GetValueOrDefault(language ?? "en") ?? [];
        var elided = language is "fr" or "it" ? ElidedArticle().Replace(name, "") : name;
        var folded = Folding.Fold(elided);
        // A title of signs only ("?") must still have a key of its own.
        return folded.Length == 0 ? name.Trim().ToUpperInvariant() : WithoutFirst(folded, articles.Contains) ?? folded;
    }

    /// <summary>The keys a title of this name may have in any language, the likeliest first.</summary>
    public static IReadOnlyList<string> Candidates(string name)
    {
        var folded = Folding.Fold(name);
        List<string> keys = [For(name, "en"), folded];
        if (WithoutFirst(folded, AllArticles.Contains) is { } bare)
            keys.Add(bare);
        if (Folding.Fold(ElidedArticle().Replace(name, "")) is { Length: > 0 } unelided)
            keys.Add(unelided);
        return [.. keys.Where(key => key.Length > 0).Distinct()];
    }

    static string? WithoutFirst(string folded, Func<string, bool> isArticle)
    {
        var space = folded.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && isArticle(folded[..space]) ? folded[(space + 1)..] : null;
    }

    [GeneratedRegex(@"^\s*(?:l|un)['\u2019]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ElidedArticle();
}
