using System.Globalization;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>Where in a file a record stands.</summary>
/// <param name="Number">Of the record, from 1; damaged ones count.</param>
/// <param name="Position">Bytes before the record (ISO 2709), or the line it begins on, from 1 (MARCXML).</param>
internal readonly record struct MarcPlace(long Number, long Position, MarcFormat Format)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Record {Number:N0}, {(Format == MarcFormat.Xml ? "line" : "byte")} {Position:N0}");
}
