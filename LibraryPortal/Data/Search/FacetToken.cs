namespace LibraryPortal.Data.Search;

/// <summary>
/// How a facet value stands in the full-text index: a word of two private-use characters, which no text and no query can contain, because folding
/// drops them. The SQL of <see cref="SearchSchema"/> writes the same.
/// </summary>
internal static class FacetToken
{
    internal const int First = 0xE000, Radix = 6400, PerKind = 1280;

    /// <summary>The code of being on the shelf, which is no value of a kind. It stands before the others.</summary>
    public const int OnShelfCode = 0;

    /// <summary>The token of titles with a copy on the shelf.</summary>
    public static string OnShelf { get; } = Write(OnShelfCode);

    /// <summary>One number for kind and value.</summary>
    public static int Code(FacetKind kind, int id) => ((int)kind * PerKind * Radix) + id;

    public static FacetKind KindOf(int code) => (FacetKind)(code / (PerKind * Radix));

    /// <summary>The row of FacetValues.</summary>
    public static int IdOf(int code) => code % (PerKind * Radix);

    public static string Write(int code) => $"{(char)(First + (code / Radix))}{(char)(First + (code % Radix))}";

    /// <summary>The codes of a title's tokens.</summary>
    public static void Read(ReadOnlySpan<char> tokens, List<int> codes)
    {
        codes.Clear();
        for (var i = 0; i + 1 < tokens.Length; i += 3)
            codes.Add(((tokens[i] - First) * Radix) + tokens[i + 1] - First);
    }
}
