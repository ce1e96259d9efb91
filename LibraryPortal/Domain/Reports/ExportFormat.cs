namespace LibraryPortal.Domain.Reports;

/// <summary>How an export is written.</summary>
public enum ExportFormat
{
    /// <summary>RFC 4180, UTF-8 with byte order mark.</summary>
    Csv,
}
