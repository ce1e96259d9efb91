using System.Globalization;

namespace LibraryPortal.Features.Reports.Writing;

/// <summary>One cell. Text comes from people and is neutralised; numbers and dates are ours and stay what they are.</summary>
internal readonly record struct ReportCell(string Value, bool IsText)
{
    public static ReportCell Text(string? value) => new(value ?? "", true);

    public static ReportCell Number(long value) => new(value.ToString(CultureInfo.InvariantCulture), false);

    /// <summary>A day and time in the library's time zone; an empty cell for null.</summary>
    public static ReportCell Moment(DateTimeOffset? value, TimeZoneInfo zone) => Formatted(value, zone, "yyyy-MM-dd HH:mm");

    /// <summary>A day in the library's time zone; an empty cell for null.</summary>
    public static ReportCell Day(DateTimeOffset? value, TimeZoneInfo zone) => Formatted(value, zone, "yyyy-MM-dd");

    static ReportCell Formatted(DateTimeOffset? value, TimeZoneInfo zone, string format) =>
        new(value is { } moment ? TimeZoneInfo.ConvertTime(moment, zone).ToString(format, CultureInfo.InvariantCulture) : "", false);
}
