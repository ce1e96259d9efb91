using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>Finds readers by name, card or e-mail address, for the staff.</summary>
internal sealed class FindPatrons(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, TimeProvider clock)
{
    const int MostWords = 5;

    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<Paged<PatronHit>>> RunAsync(Caller caller, PatronSearch search, int page, int size, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (now, today) = (clock.GetUtcNow(), calendar.Today);
        var patrons = Matching(database, search.Words);
        if (search.Category is { } category)
            patrons = patrons.Where(patron => patron.Category == category);
        patrons = search.Group switch
        {
            PatronGroup.Active => patrons.Where(patron => patron.IsActive),
            PatronGroup.Ended => patrons.Where(patron => !patron.IsActive),
            PatronGroup.Blocked => patrons.Where(patron => patron.IsActive && patron.BlockReason != null && (patron.BlockedUntil == null || patron.BlockedUntil >= today)),
            PatronGroup.Overdue => patrons.Where(patron =>
                patron.IsActive && database.Loans.Any(loan => loan.PatronId == patron.UserId && loan.ReturnedAt == null && loan.LostAt == null && loan.DueAt < now)),
        };
        var total = await patrons.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, size);
        var hits = await Hits(database, patrons.OrderBy(patron => patron.FoldedName).ThenBy(patron => patron.CardNumber).Skip((page - 1) * size).Take(size), now, today)
            .ToListAsync(cancellationToken);
        return new Paged<PatronHit>(hits, total, page, size);
    }

    static IQueryable<PatronProfile> Matching(PortalDbContext database, string? words)
    {
        var patrons = database.Patrons.AsNoTracking();
        foreach (var word in (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostWords))
        {
            var (part, folded) = (LikePattern.Containing(word), Folding.Fold(word));
            patrons = patrons.Where(patron => (folded != "" && patron.FoldedName.Contains(folded)) || EF.Functions.Like(patron.CardNumber, part, LikePattern.Escape)
                || database.Users.Any(user => user.Id == patron.UserId && EF.Functions.Like(user.Email!, part, LikePattern.Escape)));
        }

        return patrons;
    }

    static IQueryable<PatronHit> Hits(PortalDbContext database, IQueryable<PatronProfile> patrons, DateTimeOffset now, DateOnly today) =>
        from patron in patrons
        join user in database.Users on patron.UserId equals user.Id
        orderby patron.FoldedName, patron.CardNumber
        select new PatronHit
        {
            UserId = patron.UserId,
            Name = patron.Name,
            CardNumber = patron.CardNumber,
            Category = patron.Category,
            Email = user.Email,
            IsActive = patron.IsActive,
            IsBlocked = patron.BlockReason != null && (patron.BlockedUntil == null || patron.BlockedUntil >= today),
            Loans = database.Loans.Count(loan => loan.PatronId == patron.UserId && loan.ReturnedAt == null),
            Overdue = database.Loans.Count(loan => loan.PatronId == patron.UserId && loan.ReturnedAt == null && loan.LostAt == null && loan.DueAt < now),
            Ready = database.Requests.Count(request => request.PatronId == patron.UserId && request.State == RequestState.Ready),
        };
}
