using System.Globalization;

namespace LibraryPortal.Domain.Calendar;

/// <summary>Dates and moments in the library's time zone. A date ends at 23:59:59 there, whatever its clocks do that night.</summary>
/// <remarks>
/// The end of a day is one second before the next one begins, so that it is right where clocks change at midnight. A day begins with the first
/// moment that carries its date: where clocks jump over midnight that is the moment they land, where they go back over midnight the earlier one.
/// </remarks>
public sealed record LibraryZone(TimeZoneInfo Zone)
{
    public static LibraryZone Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The date on the library's wall at this moment.</summary>
    public DateOnly DateAt(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The first moment of the date, in UTC.</summary>
    public DateTimeOffset StartOf(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>23:59:59 of the date, in UTC.</summary>
    public DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1)).AddSeconds(-1);

    /// <summary>The moment's date as it stands in a sentence: <c>3 May 2026</c>.</summary>
    public string Say(DateTimeOffset moment) => Say(DateAt(moment));

    /// <summary>The date as it stands in a sentence: <c>3 May 2026</c>.</summary>
    public static string Say(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
