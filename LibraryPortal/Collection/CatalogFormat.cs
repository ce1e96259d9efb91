namespace LibraryPortal.Collection;

/// <summary>How the catalogue leaves the library.</summary>
internal enum CatalogFormat
{
    /// <summary>A table that this portal and spreadsheets read.</summary>
    Csv,

    /// <summary>MARCXML, which other libraries' systems read.</summary>
    MarcXml,
}
