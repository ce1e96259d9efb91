using LibraryPortal.Domain.Calendar;

namespace LibraryPortal.Features.Me;

/// <summary>Greets by the time of day in the library.</summary>
internal static class Greeting
{
    public static string Of(string name, LibraryZone zone, DateTimeOffset now)
    {
        var first = name.Split(' ', 2)[0];
        return $"{TimeZoneInfo.ConvertTime(now, zone.Zone).Hour switch
        {
            < 5 or >= 18 => "Good evening",
            < 12 => "Good morning",
            _ => "Good afternoon",
        }}, {first}";
    }
}
