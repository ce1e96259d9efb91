namespace LibraryPortal.Features.Import.Findings;

/// <summary>One thing an import noticed about a row.</summary>
/// <param name="Row">Its number in the file; the heading of a table is row 1, the first MARC record is 1.</param>
/// <param name="Column">The heading of the column or the MARC field; empty when it is about the row as a whole.</param>
/// <param name="Reason">The same words for every row with this finding, so that they can be counted.</param>
/// <param name="Detail">What this row had.</param>
internal sealed record Finding(int Row, FindingKind Kind, string Column, string Reason, string Detail);
