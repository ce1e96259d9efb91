using LibraryPortal.Data;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Facts;

/// <summary>What the rules need to know of a patron.</summary>
internal static class LoadPatron
{
    /// <returns>Null: there is no such patron.</returns>
    public static Task<PatronFacts?> RunAsync(PortalDbContext database, string patronId, LibraryZone zone, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = zone.StartOf(zone.DateAt(now));
        return (
            from patron in database.Patrons.AsNoTracking()
            join policy in database.LendingPolicies.AsNoTracking() on patron.Category equals policy.Category
            where patron.UserId == patronId
            select new PatronFacts
            {
                Name = patron.Name,
                Policy = policy,
                IsActive = patron.IsActive,
                BlockReason = patron.BlockReason,
                BlockedUntil = patron.BlockedUntil,
                OpenRequests = database.Requests.Count(request => request.PatronId == patronId && RequestStates.Open.Contains(request.State)),
                RequestsToday = database.Requests.Count(request => request.PatronId == patronId && request.RequestedAt >= today),
                Loans = database.Loans.Count(loan => loan.PatronId == patronId && loan.ReturnedAt == null),
                Overdue = database.Loans.Count(loan => loan.PatronId == patronId && loan.ReturnedAt == null && loan.LostAt == null && loan.DueAt < now),
            }).SingleOrDefaultAsync(cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(PortalDbContext, string, LibraryZone, DateTimeOffset, CancellationToken)"/>
    public static Task<PatronFacts?> RunAsync(LibraryChange change, string? patronId, CancellationToken cancellationToken) =>
        patronId is null ? Task.FromResult<PatronFacts?>(null) : RunAsync(change.Database, patronId, change.Zone, change.Now, cancellationToken);
}
