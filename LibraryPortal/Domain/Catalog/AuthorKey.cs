namespace LibraryPortal.Domain.Catalog;

/// <summary>The key by which titles are sorted by author: the first author's last name, then the other names, folded.</summary>
public static class AuthorKey
{
    /// <summary>The key of titles without an author: after every letter.</summary>
    public const string None = "\uE000";

    public static string For(IReadOnlyList<string> authors)
    {
        ArgumentNullException.ThrowIfNull(authors);
        var name = authors is [var first, ..] ? first : "";
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var words = Folding.SearchWords(name);
        if (words.Count == 0)
            return None;
        // "Austen, Jane" says which is the last name; "Jane Austen" has it at the end, "Martin Luther King Jr." before that.
        if (comma > 0)
            return string.Join(' ', words);
        var last = words.Count - 1;
        if (last > 1 && words[last] is "jr" or "sr" or "ii" or "iii")
            last--;
        return string.Join(' ', words.Skip(last).Concat(words.Take(last)));
    }
}
