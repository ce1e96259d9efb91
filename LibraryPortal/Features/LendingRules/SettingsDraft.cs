using LibraryPortal.Components.Shared;
using LibraryPortal.Domain.Settings;

namespace LibraryPortal.Features.LendingRules;

/// <summary>The library's settings while an admin types: what is read anew meanwhile takes nothing away that was typed.</summary>
internal sealed class SettingsDraft
{
    /// <summary>In the order of a week.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];

    int? _read;

    public DraftField<string> Name { get; } = new("Name");

    public DraftField<string> Zone { get; } = new("Time zone");

    public DraftField<int> History { get; } = new("Days of history");

    public IReadOnlyDictionary<DayOfWeek, DraftField<bool>> Days { get; } = Week.ToDictionary(day => day, day => new DraftField<bool>(day.ToString()));

    /// <summary>The days on which the library is to be open.</summary>
    public IReadOnlyList<DayOfWeek> Open => [.. Week.Where(day => Days[day].Value)];

    /// <summary>Of the settings that the form has shown.</summary>
    public int Version { get; private set; }

    /// <summary>What somebody else stored while something else was typed. Of a day there is only one other to store.</summary>
    public IEnumerable<string?> Contests => [Name.Contest, Zone.Contest, History.Contest];

    /// <summary>Shows what is stored, whatever was typed.</summary>
    public void Begin(LibrarySettings stored)
    {
        Name.Begin(stored.Name);
        Zone.Begin(stored.TimeZone);
        History.Begin(stored.HistoryDays);
        foreach (var day in Week)
            Days[day].Begin(stored.Opening[day]);
        (_read, Version) = (stored.Version, stored.Version);
    }

    /// <summary>Takes note of what is stored now; saving is refused once when that is something else than was shown, and something was typed beside it.</summary>
    public void Follow(LibrarySettings stored)
    {
        if (_read is null)
        {
            Begin(stored);
            return;
        }

        var isTyped = Name.IsTyped || Zone.IsTyped || History.IsTyped || Days.Values.Any(day => day.IsTyped);
        Name.Follow(stored.Name);
        Zone.Follow(stored.TimeZone);
        History.Follow(stored.HistoryDays);
        foreach (var day in Week)
            Days[day].Follow(stored.Opening[day]);
        _read = stored.Version;
        // The form shows what is stored: nobody has anything to be told.
        if (!isTyped)
            Version = stored.Version;
    }

    /// <summary>They were told: what is typed may be stored now.</summary>
    public void Insist() => Version = _read ?? Version;
}
