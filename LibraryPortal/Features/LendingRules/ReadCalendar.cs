using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Settings;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.LendingRules;

/// <summary>The library's settings and its closures by date, as they are stored.</summary>
internal sealed record CalendarView(LibrarySettings Settings, IReadOnlyList<Closure> Closures);

/// <summary>Reads what the calendar page shows.</summary>
internal sealed class ReadCalendar(IDbContextFactory<PortalDbContext> databases)
{
    public async Task<Outcome<CalendarView>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (PolicyRefusals.UnlessAdmin(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return new CalendarView(
            await database.Settings.AsNoTracking().SingleAsync(cancellationToken),
            await database.Closures.AsNoTracking().OrderBy(closure => closure.First).ToListAsync(cancellationToken));
    }
}
