namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>What a reader found at one place of a file: a record, perhaps with remarks, or why there is none.</summary>
/// <param name="Record">Null: damaged and skipped; the problems say why.</param>
internal sealed record MarcReading(MarcPlace Place, MarcRecord? Record, IReadOnlyList<MarcProblem> Problems);
