namespace LibraryPortal.Data.Search;

/// <summary>A value to narrow by. Two are the same as SQLite's NOCASE has it: capitals of the Latin alphabet do not matter, others do.</summary>
internal readonly struct FacetValue(FacetKind kind, string text) : IEquatable<FacetValue>
{
    readonly string _key = Fold(text);

    /// <summary>Kind by kind, as the triggers list them.</summary>
    public static IComparer<FacetValue> Order { get; } = Comparer<FacetValue>.Create((one, other) =>
        one.Kind != other.Kind ? one.Kind.CompareTo(other.Kind) : string.CompareOrdinal(one._key, other._key));

    public FacetKind Kind { get; } = kind;

    public string Text { get; } = text;

    public bool Equals(FacetValue other) => Kind == other.Kind && string.Equals(_key, other._key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is FacetValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, string.GetHashCode(_key, StringComparison.Ordinal));

    static string Fold(string text) => text.AsSpan().ContainsAnyInRange('A', 'Z')
        ? string.Create(text.Length, text, static (folded, from) =>
        {
            for (var i = 0; i < folded.Length; i++)
                folded[i] = char.IsAsciiLetterUpper(from[i]) ? char.ToLowerInvariant(from[i]) : from[i];
        })
        : text;
}
