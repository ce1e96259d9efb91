using LibraryPortal.Circulation.Facts;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Says beforehand what would be answered to a request of a title, so that a page need not offer what will be refused.</summary>
internal sealed class CheckRequest(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    /// <param name="patronId">For whom a librarian asks; null: for the caller.</param>
    /// <returns>Null when it would be allowed.</returns>
    public async Task<Refusal?> RunAsync(Caller caller, int titleId, string? patronId = null, CancellationToken cancellationToken = default)
    {
        var owner = patronId ?? caller.UserId;
        if (!caller.MaySee(owner))
            return CirculationRefusals.NoPatron;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (today, now) = (await calendar.ReadAsync(database, cancellationToken), clock.GetUtcNow());
        if (await LoadPatron.RunAsync(database, owner, today.Zone, now, cancellationToken) is not { } patron)
            return CirculationRefusals.NoPatron;
        return await LoadTitle.RunAsync(database, titleId, owner, now, cancellationToken) is { } title
            ? new LibraryRules(today).Request(patron, title, now).Refusal(owner == caller.UserId ? RuleListener.Patron : RuleListener.Librarian)
            : CirculationRefusals.NoTitle;
    }
}
