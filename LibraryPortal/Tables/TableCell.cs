using System.Globalization;

namespace LibraryPortal.Tables;

/// <summary>One cell. Text comes from people and is neutralised; numbers and dates are ours and stay what they are.</summary>
internal readonly record struct TableCell(string Value, bool IsText)
{
    public static TableCell Text(string? value) => new(value ?? "", true);

    public static TableCell Number(long value) => new(value.ToString(CultureInfo.InvariantCulture), false);

    /// <summary>A day and time in the library's time zone; an empty cell for null.</summary>
    public static TableCell Moment(DateTimeOffset? value, TimeZoneInfo zone) => Formatted(value, zone, "yyyy-MM-dd HH:mm");

    /// <summary>A day in the library's time zone; an empty cell for null.</summary>
    public static TableCell Day(DateTimeOffset? value, TimeZoneInfo zone) => Formatted(value, zone, "yyyy-MM-dd");

    static TableCell Formatted(DateTimeOffset? value, TimeZoneInfo zone, string format) =>
        new(value is { } moment ? TimeZoneInfo.ConvertTime(moment, zone).ToString(format, CultureInfo.InvariantCulture) : "", false);
}
