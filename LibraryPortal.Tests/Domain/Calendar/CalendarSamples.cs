using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Tests.Domain.Calendar;

static class CalendarSamples
{
    public static LibraryZone Berlin { get; } = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    public static LibraryCalendar Of(params IEnumerable<(string First, string Last, string Name)> closures) => Of(Berlin, closures);

    public static LibraryCalendar Of(LibraryZone zone, params IEnumerable<(string First, string Last, string Name)> closures) =>
        new(zone, OpeningDays.MondayToSaturday, closures.Select(closure => Closure.Of(Date(closure.First), Date(closure.Last), closure.Name).Value!));

    public static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A moment on the wall of a library in Berlin.</summary>
    public static DateTimeOffset At(string local)
    {
        var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(time, Berlin.Zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
