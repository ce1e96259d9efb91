using LibraryPortal.Domain.Catalog.Records;

namespace LibraryPortal.Domain.Catalog.Marc.Mapping;

/// <summary>What became of a MARC record.</summary>
/// <param name="Record">Null when it does not describe a book that could stand in the catalogue; the last remark says why.</param>
/// <param name="Remarks">Plain sentences on what could not be used.</param>
internal sealed record MarcMapped(BibliographicRecord? Record, IReadOnlyList<string> Remarks);
