namespace LibraryPortal.Domain.Imports;

/// <summary>What became of the rows of a file: in a check what would, in an import what did.</summary>
public sealed record ImportCounts
{
    /// <summary>Nothing yet. A new one each time: the database fills the one an import has.</summary>
    public static ImportCounts None => new();

    /// <summary>Rows that became something new.</summary>
    public int Added { get; init; }

    /// <summary>Rows that added something missing to what was there before.</summary>
    public int Completed { get; init; }

    /// <summary>Rows of what was there before and stays as it is.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows that are the same as an earlier one of the file.</summary>
    public int Merged { get; init; }

    /// <summary>Rows used after a cell was corrected or left out.</summary>
    public int Repaired { get; init; }

    /// <summary>Rows not used.</summary>
    public int Refused { get; init; }

    /// <summary>Copies added.</summary>
    public int Copies { get; init; }

    /// <summary>Things an undo took out again.</summary>
    public int Removed { get; init; }

    /// <summary>Things an undo had to leave, because they are in use.</summary>
    public int Kept { get; init; }
}
