using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>A row that can become a title.</summary>
/// <param name="Row">Its number in the file.</param>
/// <param name="Copies">How many copies the library has of it; those with a barcode are named too.</param>
internal sealed record BookDraft(int Row, TitleDetails Details, int Copies, string? Shelf)
{
    /// <summary>Copies that have a barcode already.</summary>
    public IReadOnlyList<(string Barcode, string? Shelf)> Labelled { get; init; } = [];
}
