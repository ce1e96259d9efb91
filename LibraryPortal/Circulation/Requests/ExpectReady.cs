using LibraryPortal.Circulation.Facts;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Says when a waiting reader will probably get a title: from due dates, and how late this title usually comes back.</summary>
internal sealed class ExpectReady(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    /// <param name="position">Place in the queue, 1 is next; null: behind all who wait.</param>
    /// <returns>Null when it cannot be said honestly.</returns>
    public async Task<DateOnly?> RunAsync(int titleId, int? position = null, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await RunAsync(database, titleId, position, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(int, int?, CancellationToken)"/>
    public async Task<DateOnly?> RunAsync(PortalDbContext database, int titleId, int? position, CancellationToken cancellationToken)
    {
        var today = await calendar.ReadAsync(database, cancellationToken);
        var now = clock.GetUtcNow();
        var loans =
            from loan in database.Loans.AsNoTracking()
            join copy in database.Copies on loan.CopyId equals copy.Id
            where copy.TitleId == titleId && loan.LostAt == null
            select loan;
        var past = await loans.Where(loan => loan.ReturnedAt != null).OrderByDescending(loan => loan.ReturnedAt).Take(ExpectedDate.MostPast)
            .Select(loan => new { loan.LentAt, loan.DueAt, ReturnedAt = loan.ReturnedAt!.Value }).ToListAsync(cancellationToken);
        if (past.Count < ExpectedDate.LeastPast)
            return null;
        var due = await loans.Where(loan => loan.ReturnedAt == null).Select(loan => loan.DueAt).ToListAsync(cancellationToken);
        var copies = await database.Copies.Where(copy => copy.TitleId == titleId && (copy.State == CopyState.Available || copy.State == CopyState.SetAside))
            .Select(copy => copy.State).ToListAsync(cancellationToken);
        var place = position ?? 1 + await database.Requests.Waiting(now).CountAsync(request => request.TitleId == titleId, cancellationToken);
        var facts = new QueueFacts
        {
            Position = place,
            FreeCopies = copies.Count(state => state == CopyState.Available),
            SetAsideCopies = copies.Count(state => state == CopyState.SetAside),
            Due = due.ConvertAll(today.Zone.DateAt),
            Past = past.ConvertAll(loan => new PastLoan(today.Zone.DateAt(loan.LentAt), today.Zone.DateAt(loan.DueAt), today.Zone.DateAt(loan.ReturnedAt))),
        };
        return ExpectedDate.Estimate(facts, today, today.Zone.DateAt(now));
    }
}
