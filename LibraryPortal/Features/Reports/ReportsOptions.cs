namespace LibraryPortal.Features.Reports;

/// <summary>Limits on exports; the configuration section <c>Reports</c>.</summary>
public sealed class ReportsOptions
{
    public const string Section = "Reports";

    /// <summary>Exports of one person that may wait or run at once. Default: 3.</summary>
    public int MaxActive { get; set; } = 3;

    /// <summary>Exports one person may ask for within 24 hours. Default: 20.</summary>
    public int MaxPerDay { get; set; } = 20;

    /// <summary>Days a finished file is kept. Default: 7.</summary>
    public int KeepDays { get; set; } = 7;

    internal TimeSpan KeepFor => TimeSpan.FromDays(KeepDays);
}
