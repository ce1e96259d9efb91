namespace LibraryPortal.Data.Search;

/// <summary>One page of what a search found.</summary>
public sealed record TitleSearchAnswer
{
    public static TitleSearchAnswer None { get; } = new();

    /// <summary>Titles of this page, in their order.</summary>
    public IReadOnlyList<int> Ids { get; init; } = [];

    /// <summary>How many there are on all pages.</summary>
    public int Total { get; init; }

    /// <summary>True when there are more than <see cref="Total"/>: nobody looks through them all, so they were not counted.</summary>
    public bool IsTotalAtLeast { get; init; }

    /// <summary>True when no title has all words and these have only some.</summary>
    public bool IsLoose { get; init; }

    /// <summary>The words that were searched for instead, because the typed ones were found nowhere. Null: the typed ones.</summary>
    public string? Corrected { get; init; }

    /// <summary>Words much like the typed ones that find many more titles; null where those found enough, or nothing is like them.</summary>
    public string? Suggested { get; init; }

    /// <summary>Values to narrow by, with how many titles each would leave; most first within a kind. Chosen ones are always among them.</summary>
    public IReadOnlyList<FacetCount> Facets { get; init; } = [];

    /// <summary>How many of the titles have a copy on the shelf.</summary>
    public int Available { get; init; }

    /// <summary>True when there are more than <see cref="Available"/>.</summary>
    public bool IsAvailableAtLeast { get; init; }
}

/// <summary>A value to narrow by.</summary>
/// <param name="Count">Titles that have it and fit everything else that was chosen of other kinds.</param>
/// <param name="IsAtLeast">True when there are more.</param>
public sealed record FacetCount(FacetKind Kind, string Value, int Count, bool IsChosen, bool IsAtLeast);
