namespace LibraryPortal.Domain.Imports;

/// <summary>What a file brings in.</summary>
public enum ImportKind
{
    /// <summary>Books, with or without their copies.</summary>
    Titles,

    /// <summary>Copies of books that are in the catalogue.</summary>
    Copies,

    /// <summary>Readers.</summary>
    Patrons,
}
