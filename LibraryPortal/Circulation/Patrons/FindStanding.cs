using LibraryPortal.Circulation.Facts;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>Says how a patron stands with the library: counts, limits, and what stops them.</summary>
internal sealed class FindStanding(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    /// <param name="patronId">Whose; null: the caller's. Only the staff may name somebody else.</param>
    public async Task<Outcome<PatronStanding>> RunAsync(Caller caller, string? patronId = null, CancellationToken cancellationToken = default)
    {
        var owner = patronId ?? caller.UserId;
        if (!caller.MaySee(owner))
            return CirculationRefusals.NoPatron;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (today, now) = (await calendar.ReadAsync(database, cancellationToken), clock.GetUtcNow());
        var profile = await database.Patrons.AsNoTracking().SingleOrDefaultAsync(patron => patron.UserId == owner, cancellationToken);
        if (profile is null || await LoadPatron.RunAsync(database, owner, today.Zone, now, cancellationToken) is not { } facts)
            return CirculationRefusals.NoPatron;
        var isOwn = owner == caller.UserId;
        return new PatronStanding
        {
            UserId = owner,
            Name = profile.Name,
            CardNumber = profile.CardNumber,
            Policy = facts.Policy,
            IsActive = facts.IsActive,
            KeepsHistory = profile.KeepsHistory,
            Notes = isOwn ? null : profile.Notes,
            OpenRequests = facts.OpenRequests,
            Loans = facts.Loans,
            Overdue = facts.Overdue,
            Blocks = [.. new LibraryRules(today).Standing(facts, now).Breaks.Select(rule => isOwn ? rule.ToPatron : rule.ToLibrarian)],
        };
    }
}
