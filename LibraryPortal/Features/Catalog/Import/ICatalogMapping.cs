namespace LibraryPortal.Features.Catalog.Import;

/// <summary>Knows one kind of file: which columns it has, and what they mean.</summary>
internal interface ICatalogMapping
{
    /// <summary>What the file is called in the report.</summary>
    string Name { get; }

    /// <param name="cells">The cells of one row.</param>
    /// <param name="reader">Reads cells and takes the findings.</param>
    /// <returns>Null: the row was refused, and the reader knows why.</returns>
    BookDraft? Map(IReadOnlyList<string> cells, CellReader reader);
}
