namespace LibraryPortal.Data.Search;

/// <summary>One page of what a search found.</summary>
/// <param name="Ids">Titles of this page, best first.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="IsLoose">True when no title has all words and these have only some.</param>
public sealed record TitleMatches(IReadOnlyList<int> Ids, int Total, bool IsLoose = false)
{
    public static TitleMatches None { get; } = new([], 0);
}
