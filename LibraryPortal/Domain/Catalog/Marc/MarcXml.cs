namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Names and measures of MARCXML (Library of Congress, MARC 21 XML Schema 1.1).</summary>
internal static class MarcXml
{
    public const string Namespace = "http://www.loc.gov/MARC21/slim";

    /// <summary>The most bytes of XML one record may take. A binary record has at most 99,999, and markup makes of it ten times as much at worst.</summary>
    public const int MaxRecordBytes = 4 * 1024 * 1024;
}
