using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Worklist;

/// <summary>One list of work, and how much each list has.</summary>
internal sealed record WorkList(Paged<WorkRow> Page, IReadOnlyDictionary<WorkTab, int> Counts);

/// <summary>The librarian's lists: what waits longest first, what must be collected first on top of the ready ones, what ended last on top of the problems.</summary>
internal sealed class ListWork(IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>For how many days a request that ended unfilled stands among the problems.</summary>
    public const int ProblemDays = 14;

    static readonly RequestState[] Unfilled = [RequestState.Expired, RequestState.PickupExpired];
    static readonly CopyState[] Gone = [CopyState.Lost, CopyState.Withdrawn];

    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<WorkList>> RunAsync(Caller caller, WorkTab tab, int page, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var counts = new Dictionary<WorkTab, int>();
        foreach (var each in Enum.GetValues<WorkTab>())
            counts[each] = await In(database, each).CountAsync(cancellationToken);
        page = Paging.Clamp(page, counts[tab], PageSize);
        var requests = In(database, tab);
        var ordered = tab switch
        {
            WorkTab.Ready => requests.OrderBy(request => request.CollectBy).ThenBy(request => request.Number),
            WorkTab.Problems => requests.OrderBy(request => request.ClosedAt != null).ThenByDescending(request => request.ClosedAt).ThenBy(request => request.Number),
            WorkTab.ToDecide or WorkTab.Waiting => requests.OrderBy(request => request.Number),
        };
        // Loaded by id first: the order of a joined query is the database's to choose.
        var ids = await ordered.Skip((page - 1) * PageSize).Take(PageSize).Select(request => request.Id).ToListAsync(cancellationToken);
        var rows = await Rows(database, database.Requests.AsNoTracking().Where(request => ids.Contains(request.Id))).ToDictionaryAsync(row => row.Id, cancellationToken);
        return new WorkList(new Paged<WorkRow>([.. ids.Where(rows.ContainsKey).Select(id => rows[id])], counts[tab], page, PageSize), counts);
    }

    IQueryable<BookRequest> In(PortalDbContext database, WorkTab tab)
    {
        var (now, since) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(-ProblemDays));
        var requests = database.Requests.AsNoTracking().Where(request => request.PatronId != null);
        return tab switch
        {
            WorkTab.ToDecide => requests.Where(request => request.State == RequestState.Pending && request.ExpiresAt >= now
                && (request.TitleId == null || database.Copies.Any(copy => copy.TitleId == request.TitleId && !Gone.Contains(copy.State)))),
            WorkTab.Ready => requests.Where(request => request.State == RequestState.Ready),
            WorkTab.Waiting => requests.Where(request => request.State == RequestState.Queued || request.State == RequestState.Paused),
            WorkTab.Problems => requests.Where(request =>
                Unfilled.Contains(request.State) && request.ClosedAt >= since
                || request.State == RequestState.Ready && request.CollectBy < now
                || (request.State == RequestState.Pending || request.State == RequestState.Queued) && request.TitleId != null
                    && !database.Copies.Any(copy => copy.TitleId == request.TitleId && !Gone.Contains(copy.State))),
        };
    }

    static IQueryable<WorkRow> Rows(PortalDbContext database, IQueryable<BookRequest> requests) =>
        from request in requests
        join patron in database.Patrons on request.PatronId equals patron.UserId
        join title in database.Titles on request.TitleId equals title.Id into titles
        from title in titles.DefaultIfEmpty()
        join copy in database.Copies on request.CopyId equals copy.Id into copies
        from copy in copies.DefaultIfEmpty()
        select new WorkRow
        {
            Id = request.Id,
            Number = request.Number,
            PatronId = patron.UserId,
            PatronName = patron.Name,
            Category = patron.Category,
            TitleId = request.TitleId,
            BookName = title == null ? request.BookName : title.Name,
            Authors = title == null ? null : title.Authors,
            Cover = database.Covers.Where(cover => cover.TitleId == request.TitleId).Select(cover => cover.File).FirstOrDefault(),
            State = request.State,
            RequestedAt = request.RequestedAt,
            CollectBy = request.CollectBy,
            ClosedAt = request.ClosedAt,
            PausedUntil = request.PausedUntil,
            NeededUntil = request.NeededUntil,
            Barcode = copy == null ? null : copy.Barcode,
            Shelf = copy == null ? null : copy.Shelf,
            LendableCopies = database.Copies.Count(each => each.TitleId == request.TitleId && !Gone.Contains(each.State)),
            FreeCopies = database.Copies.Count(free => free.TitleId == request.TitleId && free.State == CopyState.Available),
            Waiting = database.Requests.Count(other => other.TitleId == request.TitleId && other.State == RequestState.Queued),
        };
}
