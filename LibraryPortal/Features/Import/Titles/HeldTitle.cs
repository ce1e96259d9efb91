using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>A title a row may be the same as.</summary>
/// <param name="Row">Where it stands first in the file; 0: it was in the catalogue before.</param>
internal sealed record HeldTitle(Title Title, int Row)
{
    /// <summary>True once this batch of rows added or completed it.</summary>
    public bool IsTouched { get; set; }
}
