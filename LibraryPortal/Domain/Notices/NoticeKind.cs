namespace LibraryPortal.Domain.Notices;

/// <summary>What a notice is about; decides its icon and colour.</summary>
public enum NoticeKind
{
    /// <summary>A report can be downloaded.</summary>
    ReportReady,

    /// <summary>A report could not be made.</summary>
    ReportFailed,

    /// <summary>A request was decided, lent or returned.</summary>
    RequestChanged,
}
