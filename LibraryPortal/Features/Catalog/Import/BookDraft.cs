using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Catalog.Import;

/// <summary>A row that can become a title.</summary>
/// <param name="Row">Its number in the file; the heading is row 1.</param>
/// <param name="Copies">How many copies the library has of it.</param>
internal sealed record BookDraft(int Row, TitleDetails Details, int Copies, string? Shelf);
