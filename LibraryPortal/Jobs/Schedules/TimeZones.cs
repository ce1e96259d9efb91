using System.Diagnostics.CodeAnalysis;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Time zones by their IANA names.</summary>
internal static class TimeZones
{
    /// <param name="problem">A sentence that names what was asked for and, where one is near, what was meant.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone, [NotNullWhen(false)] out string? problem)
    {
        // The names of Windows are found too, and mean something else on the next machine.
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone) && zone.HasIanaId)
        {
            problem = null;
            return true;
        }

        var place = name.Split('/')[^1].Trim().Replace(' ', '_');
        var meant = TimeZoneInfo.GetSystemTimeZones()
            .Select(known => known.Id)
            .FirstOrDefault(id => id.Split('/')[^1].Equals(place, StringComparison.OrdinalIgnoreCase));
        problem = $"'{name}' is not a time zone this machine knows; expected an IANA name such as {meant ?? "Europe/Berlin"}.";
        zone = null;
        return false;
    }
}
