namespace LibraryPortal.Data.Search;

/// <summary>The words of a search, and what they are narrowed by.</summary>
/// <param name="Text">As typed, or as corrected.</param>
/// <param name="Words">Folded.</param>
/// <param name="Common">Those of them that a good part of the catalogue has.</param>
/// <param name="Groups">Facet tokens: of each group a title has one.</param>
internal sealed record TypedWords(string Text, IReadOnlyList<string> Words, IReadOnlySet<string> Common, IReadOnlyList<IReadOnlyList<string>> Groups)
{
    // Little words of the languages most catalogues are in. Where half a large catalogue has them, looking for them costs much and tells nothing.
    static readonly HashSet<string> Little =
    [
        "the", "a", "an", "of", "and", "in", "to", "for", "on", "with", "by", "from", "at", "der", "die", "das", "und", "ein", "eine", "von", "zu", "im",
        "le", "la", "les", "de", "du", "des", "et", "un", "une", "l", "el", "los", "las", "y", "del", "il", "lo", "di", "e", "o", "het", "een", "en",
    ];

    readonly IReadOnlyList<string> _telling = Telling(Words, Common);

    public string All => TitleSearchQuery.All(_telling, Common);

    /// <summary>The words side by side; null for a single one, or where some are not looked for.</summary>
    public string? Phrase => Words.Count > 1 && _telling.Count == Words.Count ? TitleSearchQuery.Phrase(Words, Common) : null;

    /// <summary>Some of the words instead of all; null where that would say nothing.</summary>
    public string? Any => TitleSearchQuery.Any(_telling, Common);

    public string Narrow(string expression) => TitleSearchQuery.Narrow(expression, Groups)!;

    static IReadOnlyList<string> Telling(IReadOnlyList<string> words, IReadOnlySet<string> common)
    {
        var telling = words.Where(word => !(common.Contains(word) && Little.Contains(word))).ToList();
        return telling.Count > 0 ? telling : words;
    }
}
