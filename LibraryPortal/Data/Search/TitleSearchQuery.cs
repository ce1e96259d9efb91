using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>Turns what a person typed into a match expression of FTS5. Only quoted words of letters and digits ever come out.</summary>
internal static class TitleSearchQuery
{
    /// <summary>More words than this say nothing more and cost time.</summary>
    const int MaxWords = 16;

    /// <summary>Text beyond this is not looked at, in characters.</summary>
    const int MaxText = 400;

    /// <summary>A title matches when each word begins one of its words. Null: there is no word in the text.</summary>
    public static string? All(string text)
    {
        var words = Words(text);
        return words.Count == 0 ? null : string.Join(" AND ", words.Select((word, i) => Quote(word, isPrefix: word.Length > 1 || i == words.Count - 1)));
    }

    /// <summary>A title matches when one of the longer words begins one of its words. Null: fewer than two words, or none long enough.</summary>
    public static string? Any(string text)
    {
        var words = Words(text);
        var longer = words.Where(word => word.Length > 2).ToList();
        return words.Count < 2 || longer.Count == 0 ? null : string.Join(" OR ", longer.Select(word => Quote(word, isPrefix: word.Length > 3)));
    }

    static List<string> Words(string text) =>
        [.. Folding.SearchWords(text.Length > MaxText ? text[..MaxText] : text).Distinct().Take(MaxWords)];

    static string Quote(string word, bool isPrefix) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(isPrefix ? "*" : "")}";
}
