namespace LibraryPortal.Features.Import.Findings;

/// <summary>What was done about a row that was not right as it stood.</summary>
internal enum FindingKind
{
    /// <summary>A cell was corrected or left out; the row was used.</summary>
    Repaired,

    /// <summary>The row is the same as an earlier one.</summary>
    Merged,

    /// <summary>The row was not used.</summary>
    Refused,

    /// <summary>An undo left what the row brought, because it is in use.</summary>
    Kept,
}
