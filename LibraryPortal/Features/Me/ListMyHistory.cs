using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Me;

/// <summary>The caller's history and the choice about it.</summary>
/// <param name="Keeps">True: the reader chose to keep it.</param>
/// <param name="Days">Otherwise, days after which the library forgets.</param>
/// <param name="Requests">Ended requests that still bear the name.</param>
internal sealed record MyHistory(bool Keeps, int Days, Paged<MyPastLoan> Loans, int Requests);

/// <summary>The books the caller had, the latest first, as far as the library still knows.</summary>
internal sealed class ListMyHistory(IDbContextFactory<PortalDbContext> databases)
{
    const int PageSize = 20;

    public async Task<MyHistory> RunAsync(Caller caller, int page, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var keeps = await database.Patrons.Where(patron => patron.UserId == caller.UserId).Select(patron => patron.KeepsHistory).SingleOrDefaultAsync(cancellationToken);
        var days = await database.Settings.Select(settings => settings.HistoryDays).SingleAsync(cancellationToken);
        var past = database.Loans.AsNoTracking().Where(loan => loan.PatronId == caller.UserId && loan.ReturnedAt != null);
        var total = await past.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, PageSize);
        var items = await (
            from loan in past
            join copy in database.Copies on loan.CopyId equals copy.Id
            join title in database.Titles on copy.TitleId equals title.Id
            orderby loan.ReturnedAt descending, loan.Id
            select new MyPastLoan(loan.Id, title.Id, title.Name, title.Authors,
                database.Covers.Where(cover => cover.TitleId == title.Id).Select(cover => cover.File).FirstOrDefault(), loan.LentAt, loan.ReturnedAt!.Value))
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var requests = await database.Requests.CountAsync(request => request.PatronId == caller.UserId && !RequestStates.Active.Contains(request.State), cancellationToken);
        return new MyHistory(keeps, days, new Paged<MyPastLoan>(items, total, page, PageSize), requests);
    }
}
