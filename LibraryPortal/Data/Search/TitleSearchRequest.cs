namespace LibraryPortal.Data.Search;

/// <summary>A question to the catalogue.</summary>
public sealed record TitleSearchRequest
{
    /// <summary>As a person typed it; nothing in it is special. Null or blank: all titles.</summary>
    public string? Text { get; init; }

    /// <summary>Chosen values: of one kind a title needs any, of different kinds one each.</summary>
    public IReadOnlyDictionary<FacetKind, IReadOnlyList<string>> Chosen { get; init; } = new Dictionary<FacetKind, IReadOnlyList<string>>();

    /// <summary>Only titles with a copy on the shelf.</summary>
    public bool IsAvailable { get; init; }

    public TitleSort Sort { get; init; }

    public int Skip { get; init; }

    public int Take { get; init; }

    /// <summary>Search for the words as they are typed, even if that finds nothing.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>Also count the values results can be narrowed by.</summary>
    public bool WantsFacets { get; init; }
}
