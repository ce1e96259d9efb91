namespace LibraryPortal.Domain.Catalog.Records;

/// <summary>A person or body that took part in a book.</summary>
/// <param name="Name">As it is printed: <c>J. R. R. Tolkien</c>.</param>
/// <param name="Heading">As catalogues file it: <c>Tolkien, J. R. R., 1892-1973</c>.</param>
/// <param name="Role">What they did, such as <c>translator</c>. Null: not told, which for most records means author.</param>
/// <param name="IsBody">A body such as a ministry, not a person.</param>
public sealed record BibliographicName(string Name, string Heading, string? Role = null, bool IsBody = false)
{
    /// <summary>True for those a reader would call an author of the book.</summary>
    public bool IsAuthor => Role is null || Role.Contains("author", StringComparison.OrdinalIgnoreCase) || Role is "aut" or "cre" or "creator";
}
