namespace LibraryPortal.Domain.Reports;

/// <summary>What a report is about.</summary>
public enum ReportKind
{
    /// <summary>One reader's requests.</summary>
    MyRequests,
}
