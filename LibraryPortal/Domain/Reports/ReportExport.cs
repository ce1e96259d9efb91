namespace LibraryPortal.Domain.Reports;

/// <summary>One export of a report: what was asked for, how far it is, and the receipt of the file. The row stays when the file is gone.</summary>
public sealed class ReportExport
{
    /// <summary>Random, because it stands in the address of the file.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose data it holds. Only this person and librarians may see it.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string RequestedById { get; init; }

    public required ReportKind Kind { get; init; }

    public required ExportFormat Format { get; init; }

    /// <summary>Which of the owner's rows: the name of a request state, or empty for all.</summary>
    public string Filter { get; init; } = "";

    public required ExportState State { get; set; }

    /// <summary>The job that makes it.</summary>
    public required Guid JobId { get; set; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When a worker began the run that counts; null before.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it was ready, failed or was cancelled.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The moment whose data the file shows.</summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>When the file is removed; set once it is ready.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Rows in the file, the heading not counted.</summary>
    public long? Rows { get; set; }

    /// <summary>Bytes in the file.</summary>
    public long? Size { get; set; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The name the file is downloaded under.</summary>
    public string? FileName { get; set; }

    /// <summary>The name it has on disk: different for every run, so that two runs never write the same file.</summary>
    public string? StoredName { get; set; }

    /// <summary>Why it failed, as a sentence for its owner.</summary>
    public string? Error { get; set; }

    /// <summary>True while it waits or runs.</summary>
    public bool IsActive => State is ExportState.Queued or ExportState.Running;

    /// <summary>From the start of the run to its end; null unless both are known.</summary>
    public TimeSpan? Duration => FinishedAt - StartedAt;
}
