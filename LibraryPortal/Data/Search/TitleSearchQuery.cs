using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>Turns what a person typed into match expressions of FTS5. Only quoted words of letters and digits ever come out.</summary>
internal static class TitleSearchQuery
{
    /// <summary>More words than this say nothing more and cost time.</summary>
    const int MaxWords = 16;

    /// <summary>Text beyond this is not looked at, in characters.</summary>
    const int MaxText = 400;

    /// <summary>An index of beginnings exists up to this length; beyond it FTS5 collects all words with the beginning, which is dear for a common one.</summary>
    const int IndexedPrefix = 4;

    /// <summary>Fewer digits are a number, not the beginning of an ISBN.</summary>
    const int LeastIsbn = 5;

    /// <summary>The different words of a text, folded. An ISBN typed with hyphens or spaces, whole or not, is one word.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        text = text.Length > MaxText ? text[..MaxText] : text;
        if (IsbnDigits(text) is { } digits)
            return [digits];
        return [.. Folding.SearchWords(text).Distinct().Take(MaxWords)];
    }

    /// <summary>Each word begins one of the title's words.</summary>
    /// <param name="common">Words so common that only they themselves are meant, not what begins with them.</param>
    public static string All(IReadOnlyList<string> words, IReadOnlySet<string> common) =>
        string.Join(" AND ", words.Select(word => Quote(word, IsPrefix(word, common))));

    /// <summary>The words follow each other; the last may be unfinished.</summary>
    public static string Phrase(IReadOnlyList<string> words, IReadOnlySet<string> common) =>
        Quote(string.Join(' ', words), IsPrefix(words[^1], common));

    /// <summary>One of the longer words begins one of the title's words. Null: fewer than two words, or none long enough.</summary>
    public static string? Any(IReadOnlyList<string> words, IReadOnlySet<string> common)
    {
        var longer = words.Where(word => word.Length > 2).ToList();
        return words.Count < 2 || longer.Count == 0 ? null : string.Join(" OR ", longer.Select(word => Quote(word, word.Length > 3 && IsPrefix(word, common))));
    }

    /// <summary>Only within some columns.</summary>
    public static string In(string columns, string expression) => $"{{{columns}}} : ({expression})";

    /// <summary>Narrowed to titles that have, of each group, one of the tokens.</summary>
    public static string? Narrow(string? expression, IEnumerable<IReadOnlyList<string>> groups)
    {
        var parts = groups.Select(tokens => $"({string.Join(" OR ", tokens.Select(token => Quote(token, isPrefix: false)))})");
        var all = expression is null ? parts : parts.Prepend($"({expression})");
        return string.Join(" AND ", all) is { Length: > 0 } joined ? joined : null;
    }

    // One letter begins too much; in scripts where it is a word, it does not.
    static bool IsPrefix(string word, IReadOnlySet<string> common) =>
        word.Length == 1 ? !char.IsAscii(word[0]) : word.Length <= IndexedPrefix || !common.Contains(word);

    static string? IsbnDigits(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        var isIsbn = digits.Length is >= LeastIsbn and <= 13 && text.Contains('-', StringComparison.Ordinal)
            && text.All(c => char.IsAsciiDigit(c) || c is '-' or ' ' or 'x' or 'X');
        return isIsbn ? digits.ToLowerInvariant() : null;
    }

    static string Quote(string word, bool isPrefix) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(isPrefix ? " *" : "")}";
}
