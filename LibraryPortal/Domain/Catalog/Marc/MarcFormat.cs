namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>The two ways MARC records are stored in files.</summary>
internal enum MarcFormat
{
    /// <summary>The binary exchange format (.mrc).</summary>
    Iso2709,

    /// <summary>MARCXML (.xml).</summary>
    Xml,
}
