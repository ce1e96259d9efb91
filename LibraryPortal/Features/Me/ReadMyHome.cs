using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Patrons;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Me;

/// <summary>Reads what needs doing for the caller.</summary>
internal sealed class ReadMyHome(IDbContextFactory<PortalDbContext> databases, FindStanding standing, ListLoans loans)
{
    const int MostNews = 3;

    static readonly RequestState[] Waits = [RequestState.Pending, RequestState.Queued, RequestState.Paused];

    public async Task<Outcome<MyHome>> RunAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        var own = await standing.RunAsync(caller, cancellationToken: cancellationToken);
        if (!own.IsAllowed)
            return own.Refusal;
        var current = await loans.RunAsync(caller, cancellationToken: cancellationToken);
        if (!current.IsAllowed)
            return current.Refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var requests = database.Requests.AsNoTracking().Where(request => request.PatronId == caller.UserId);
        return new MyHome
        {
            Standing = own.Value,
            Loans = current.Value,
            Ready = await ReadyAsync(database, requests, cancellationToken),
            Waiting = await requests.CountAsync(request => Waits.Contains(request.State), cancellationToken),
            News = await database.Notices.AsNoTracking().Where(notice => notice.UserId == caller.UserId && notice.ReadAt == null)
                .OrderByDescending(notice => notice.CreatedAt).Take(MostNews)
                .Select(notice => new MyNews(notice.Id, notice.Text, notice.Link, notice.CreatedAt)).ToListAsync(cancellationToken),
        };
    }

    static async Task<IReadOnlyList<MyReady>> ReadyAsync(PortalDbContext database, IQueryable<BookRequest> requests, CancellationToken cancellationToken)
    {
        var rows = await (
            from request in requests
            where request.State == RequestState.Ready
            join title in database.Titles on request.TitleId equals title.Id into titles
            from title in titles.DefaultIfEmpty()
            orderby request.CollectBy
            select new
            {
                request.Id,
                request.Number,
                request.TitleId,
                request.BookName,
                Authors = title == null ? null : title.Authors,
                Cover = database.Covers.Where(cover => cover.TitleId == request.TitleId).Select(cover => cover.File).FirstOrDefault(),
                request.CollectBy,
            }).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new MyReady(row.Id, BookRequest.FormatNumber(row.Number), row.TitleId, row.BookName, row.Authors, row.Cover, row.CollectBy!.Value));
    }
}
