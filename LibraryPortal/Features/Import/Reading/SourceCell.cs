namespace LibraryPortal.Features.Import.Reading;

/// <summary>A cell and the column it stands in.</summary>
/// <param name="Column">Its heading.</param>
internal readonly record struct SourceCell(string Column, string? Value);
