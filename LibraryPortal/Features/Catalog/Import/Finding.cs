namespace LibraryPortal.Features.Catalog.Import;

/// <summary>What was done about a row that was not right as it stood.</summary>
internal enum FindingKind
{
    /// <summary>A cell was corrected or left out; the row was used.</summary>
    Repaired,

    /// <summary>The row is the same book as an earlier one.</summary>
    Merged,

    /// <summary>The row was not used.</summary>
    Refused,
}

/// <summary>One thing the import noticed about a row.</summary>
/// <param name="Reason">The same words for every row with this finding, so that they can be counted.</param>
/// <param name="Detail">What this row had.</param>
internal sealed record Finding(int Row, FindingKind Kind, string Reason, string Detail);
