namespace LibraryPortal.Domain.Imports;

/// <summary>Something an import did beyond adding a title or a copy, which name their import themselves: what an undo needs to know.</summary>
public sealed class ImportedItem
{
    public long Id { get; init; }

    public required int ImportId { get; init; }

    public required ImportedItemKind Kind { get; init; }

    /// <summary>The row of the file.</summary>
    public required int Row { get; init; }

    /// <summary>The key of what was changed or added.</summary>
    public required string Key { get; init; }

    /// <summary>What was filled in, as JSON; null for an account.</summary>
    public string? Filled { get; init; }

    /// <summary>A digest of the row a reader came from, 64 hexadecimal digits: the same row again is the same reader, whatever became of the name since. Null for a title.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>What an <see cref="ImportedItem"/> is.</summary>
public enum ImportedItemKind
{
    /// <summary>A title that was there before and got what was missing.</summary>
    CompletedTitle,

    /// <summary>A reader's account.</summary>
    Patron,
}
