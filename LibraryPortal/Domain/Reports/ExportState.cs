namespace LibraryPortal.Domain.Reports;

/// <summary>Where an export is in its life: Queued → Running → Ready, Failed or Cancelled; Ready → Expired.</summary>
public enum ExportState
{
    /// <summary>Accepted; its job waits for a worker.</summary>
    Queued,

    /// <summary>A worker writes the file.</summary>
    Running,

    /// <summary>The file can be downloaded.</summary>
    Ready,

    /// <summary>It could not be made; the export says why.</summary>
    Failed,

    /// <summary>Stopped on request before it was ready.</summary>
    Cancelled,

    /// <summary>The file is no longer kept.</summary>
    Expired,
}
