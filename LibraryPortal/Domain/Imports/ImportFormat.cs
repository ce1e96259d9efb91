namespace LibraryPortal.Domain.Imports;

/// <summary>How a file is written.</summary>
public enum ImportFormat
{
    /// <summary>A table, its cells separated by commas or the like.</summary>
    Csv,

    /// <summary>MARC records in the binary exchange format (ISO 2709).</summary>
    Marc21,

    /// <summary>MARC records in XML.</summary>
    MarcXml,
}
