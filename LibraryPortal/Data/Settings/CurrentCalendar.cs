using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Settings;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.Settings;

/// <summary>The library's calendar as this process last read it: for the dates on pages, mails and reports. Changes read it anew in their transaction.</summary>
public sealed class CurrentCalendar(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    volatile LibraryCalendar _value = new(new LibraryZone(clock.LocalTimeZone), OpeningDays.MondayToSaturday, []);

    /// <summary>Until it was read for the first time: the server's time zone, Monday to Saturday, no closures.</summary>
    public LibraryCalendar Value => _value;

    /// <summary>The library's time zone, which says dates.</summary>
    public LibraryZone Zone => _value.Zone;

    /// <summary>The library's date now.</summary>
    public DateOnly Today => Zone.DateAt(clock.GetUtcNow());

    /// <summary>Reads the settings and closures, and remembers them.</summary>
    public async Task<LibraryCalendar> ReadAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var settings = await database.Settings.AsNoTracking().SingleAsync(cancellationToken);
        var closures = await database.Closures.AsNoTracking().ToListAsync(cancellationToken);
        return _value = Of(settings, closures);
    }

    /// <summary>The calendar that settings and closures make, decided or not.</summary>
    public LibraryCalendar Of(LibrarySettings settings, IReadOnlyList<Closure> closures)
    {
        var zone = settings.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : clock.LocalTimeZone;
        return new LibraryCalendar(new LibraryZone(zone), settings.Opening, closures);
    }

    /// <summary>Reads them in a context of its own.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await ReadAsync(database, cancellationToken);
    }
}
