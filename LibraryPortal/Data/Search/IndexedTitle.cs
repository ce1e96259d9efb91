using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Data.Search;

/// <summary>What search reads of a title when it is indexed.</summary>
/// <param name="Free">Copies on the shelf.</param>
/// <param name="Requests">How often it was asked for.</param>
internal sealed record IndexedTitle(
    int Id, string SearchName, string SearchAuthors, string SearchSubjects, string SearchIsbn, IReadOnlyList<string> Subjects, IReadOnlyList<string> Authors,
    int? Year, string? Language, string SortKey, string AuthorKey, int Free, int Requests)
{
    /// <summary>A title that nobody can have asked for yet.</summary>
    public static IndexedTitle New(int id, Title title) => new(
        id, title.SearchName, title.SearchAuthors, title.SearchSubjects, title.SearchIsbn, title.Subjects, title.Authors,
        title.Year, title.Language, title.SortKey, title.AuthorKey, title.Copies.Count(copy => copy.State == CopyState.Available), 0);
}
