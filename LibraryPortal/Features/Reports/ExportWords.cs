using System.Globalization;
using LibraryPortal.Domain.Reports;

namespace LibraryPortal.Features.Reports;

/// <summary>Exports in a reader's words.</summary>
internal static class ExportWords
{
    static readonly string[] Units = ["bytes", "KB", "MB", "GB"];

    /// <summary>"2,000 rows · 214 KB".</summary>
    public static string Receipt(ReportExport export) => string.Create(
        CultureInfo.InvariantCulture, $"{export.Rows:N0} {(export.Rows == 1 ? "row" : "rows")} · {Size(export.Size.GetValueOrDefault())}");

    /// <summary>"1 request", "2,000 requests".</summary>
    public static string Requests(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "request" : "requests")}");

    /// <summary>"812 bytes", "21.4 KB", "3 MB".</summary>
    public static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    /// <summary>"less than a second", "3.4 s", "2 min 5 s".</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
    };

    /// <summary>What the export holds: "All my requests", "My requests: on loan".</summary>
    public static string Content(ReportExport export) => export.Filter.Length == 0
        ? "All my requests"
        : $"My requests: {(Enum.TryParse<Domain.Requests.RequestState>(export.Filter, out var state) ? Domain.Requests.RequestStates.Words(state) : export.Filter)}";
}
