using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>The request desk's lists: what waits longest first, what is due first for loans.</summary>
internal sealed class ListStaffRequests(IDbContextFactory<PortalDbContext> databases)
{
    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<StaffRequestList>> RunAsync(Caller caller, StaffTab tab, int page, int size, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var counts = await CountAsync(database, cancellationToken);
        page = Paging.Clamp(page, counts[tab], size);
        var state = tab.State();
        var rows = Project(database, database.Requests.AsNoTracking().Where(request => request.State == state));
        var ordered = tab switch
        {
            StaffTab.OnLoan => rows.OrderBy(row => row.DueAt).ThenBy(row => row.Number),
            StaffTab.Ready => rows.OrderBy(row => row.CollectBy).ThenBy(row => row.Number),
            StaffTab.ToDecide or StaffTab.Waiting => rows.OrderBy(row => row.Number),
        };
        var items = await ordered.Skip((page - 1) * size).Take(size).ToListAsync(cancellationToken);
        return new StaffRequestList(new Paged<StaffRequest>(items, counts[tab], page, size), counts);
    }

    static async Task<IReadOnlyDictionary<StaffTab, int>> CountAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<StaffTab>().Select(tab => tab.State()).ToList();
        var counts = await database.Requests.Where(request => states.Contains(request.State)).GroupBy(request => request.State)
            .Select(group => new { State = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        return Enum.GetValues<StaffTab>().ToDictionary(tab => tab, tab => counts.GetValueOrDefault(tab.State()));
    }

    static IQueryable<StaffRequest> Project(PortalDbContext database, IQueryable<BookRequest> requests) =>
        from request in requests
        join patron in database.Users on request.PatronId equals patron.Id
        join title in database.Titles on request.TitleId equals title.Id into titles
        from title in titles.DefaultIfEmpty()
        join copy in database.Copies on request.CopyId equals copy.Id into copies
        from copy in copies.DefaultIfEmpty()
        join loan in database.Loans on request.Id equals loan.RequestId into loans
        from loan in loans.DefaultIfEmpty()
        select new StaffRequest
        {
            Id = request.Id,
            Number = request.Number,
            PatronName = patron.DisplayName != "" ? patron.DisplayName : patron.UserName!,
            TitleId = request.TitleId,
            BookName = title == null ? request.BookName : title.Name,
            Authors = title == null ? null : title.Authors,
            State = request.State,
            RequestedAt = request.RequestedAt,
            ReadyAt = request.ReadyAt,
            CollectBy = request.CollectBy,
            LentAt = loan == null ? null : loan.LentAt,
            DueAt = loan == null ? null : loan.DueAt,
            Barcode = copy == null ? null : copy.Barcode,
            FreeCopies = database.Copies.Count(free => free.TitleId == request.TitleId && free.State == CopyState.Available),
            Waiting = database.Requests.Count(other => other.TitleId == request.TitleId && other.State == RequestState.Queued),
        };
}
