namespace LibraryPortal.Domain.Imports;

/// <summary>One file brought into the library: what it is, how its columns are read, how far it is and what it did. What it brought names it, so it can be undone.</summary>
public sealed class ImportBatch
{
    /// <summary>The longest file name kept, in characters.</summary>
    public const int MaxFileName = 200;

    /// <summary>The longest sentence on what went wrong, in characters.</summary>
    public const int MaxError = 1_000;

    public int Id { get; init; }

    public required ImportKind Kind { get; set; }

    public required ImportFormat Format { get; init; }

    /// <summary>As the person's machine calls it.</summary>
    public required string FileName { get; init; }

    /// <summary>Its name in the portal's folder; null for a file imported by command line, and once it is removed.</summary>
    public string? StoredName { get; set; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits; null for a file imported by command line.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The encoding's name, such as <c>windows-1252</c>; null for UTF-8 or what a byte order mark says.</summary>
    public string? Encoding { get; set; }

    /// <summary>What separates cells; null for MARC.</summary>
    public string? Delimiter { get; set; }

    /// <summary>The first row of a table; empty for MARC.</summary>
    public IReadOnlyList<string> Heading { get; set; } = [];

    /// <summary>For each column the key of what it holds; empty for one that is not read.</summary>
    public IReadOnlyList<string> Mapping { get; set; } = [];

    /// <summary>Tells files with the same columns: a digest of the heading.</summary>
    public string? HeadingKey { get; set; }

    /// <summary>Copies of each new title whose row does not say. Default: 1.</summary>
    public int CopiesPerTitle { get; set; } = 1;

    /// <summary>The shelf of copies whose row does not say.</summary>
    public string? Shelf { get; set; }

    /// <summary>True: readers with an address are told by mail how to choose a password.</summary>
    public bool Invites { get; set; }

    public required ImportState State { get; set; }

    /// <summary>The job that checks, imports or undoes now, or did last.</summary>
    public Guid? JobId { get; set; }

    /// <summary>Rows of the file; null before it was read once.</summary>
    public int? Rows { get; set; }

    /// <summary>Rows whose outcome is in the database: where a run that was killed goes on.</summary>
    public int RowsDone { get; set; }

    /// <summary>Bytes of the list of findings that belong to these rows; what a killed run wrote beyond is dropped.</summary>
    public long FindingsLength { get; set; }

    public ImportCounts Counts { get; set; } = ImportCounts.None;

    /// <summary>What went wrong, as a sentence.</summary>
    public string? Error { get; set; }

    public string? CreatedById { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When rows were first written.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When an import by command line last showed that it lives; it has no job that would tell its end. Null for all others.</summary>
    public DateTimeOffset? AliveAt { get; set; }

    /// <summary>When the last row was written.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When its undo ended or was stopped last.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>True once anything of it was, or is being, taken out again.</summary>
    public bool IsTakenOut => State is ImportState.Undoing or ImportState.UndoStopped or ImportState.Undone;

    /// <summary>True while a job is at work.</summary>
    public bool IsActive => State is ImportState.Checking or ImportState.Importing or ImportState.Undoing;
}
