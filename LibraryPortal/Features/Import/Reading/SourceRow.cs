using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Features.Import.Reading;

/// <summary>One row of a table or one MARC record, as it was found.</summary>
/// <param name="Number">The heading of a table is row 1; the first MARC record is 1.</param>
/// <param name="Cells">Of a table; empty for MARC.</param>
/// <param name="Marc">What a MARC reader found; null for a table.</param>
internal sealed record SourceRow(int Number, string[] Cells, MarcReading? Marc = null);
