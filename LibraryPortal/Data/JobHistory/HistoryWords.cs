using System.Text;

namespace LibraryPortal.Data.JobHistory;

/// <summary>What people type, and what jobs are called, as an expression of the full-text index. Nothing of it can be read as an operator.</summary>
internal static class HistoryWords
{
    const int MostWords = 12;

    /// <summary>All of these words, each perhaps the beginning of a longer one.</summary>
    /// <returns>Null when there is no word in it.</returns>
    public static string? Beginnings(string text)
    {
        var words = Split(text).Take(MostWords).Select(static word => $"\"{word}\"*").ToList();
        return words.Count == 0 ? null : string.Join(" AND ", words);
    }

    /// <summary>These words in this order. It narrows only: other texts may have them too.</summary>
    /// <inheritdoc cref="Beginnings"/>
    public static string? Phrase(string text)
    {
        var words = string.Join(' ', Split(text));
        return words.Length == 0 ? null : $"\"{words}\"";
    }

    // The index takes letters and digits for words, and everything else for gaps.
    static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
