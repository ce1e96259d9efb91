using LibraryPortal.Circulation.Requests;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>The caller's own requests, newest first.</summary>
internal sealed class ListMyRequests(IDbContextFactory<PortalDbContext> databases, ExpectReady expect, TimeProvider clock)
{
    static readonly TimeSpan UndoTime = TimeSpan.FromMinutes(LibraryRules.UndoMinutes);

    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Paged<MyRequest>> RunAsync(
        Caller caller, RequestFilter filter, int page, int size, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var own = database.Requests.AsNoTracking().Where(request => request.PatronId == caller.UserId);
        own = filter switch
        {
            RequestFilter.All => own,
            RequestFilter.Current => own.Where(request => RequestStates.Active.Contains(request.State)),
            RequestFilter.Past => own.Where(request => !RequestStates.Active.Contains(request.State)),
        };
        var total = await own.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, size);
        var items = await Project(database, clock.GetUtcNow(), own.OrderByDescending(request => request.Number).Skip((page - 1) * size).Take(size)).ToListAsync(cancellationToken);
        return new Paged<MyRequest>(await CompleteAsync(database, [.. items.OrderByDescending(item => item.Number)], cancellationToken), total, page, size);
    }

    /// <summary>A request its reader or a librarian asks for; null when there is none of this id that the caller may see.</summary>
    public async Task<MyRequest?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await FirstAsync(database, database.Requests.AsNoTracking().Where(request => request.Id == id && (caller.IsLibrarian || request.PatronId == caller.UserId)), cancellationToken);
    }

    /// <summary>The caller's active request of a title; null when there is none.</summary>
    public async Task<MyRequest?> FindActiveAsync(Caller caller, int titleId, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var active = database.Requests.AsNoTracking()
            .Where(request => request.PatronId == caller.UserId && request.TitleId == titleId && RequestStates.Active.Contains(request.State));
        return await FirstAsync(database, active, cancellationToken);
    }

    // What a query cannot say: when a copy will probably come, and whether there is still time to undo.
    async Task<IReadOnlyList<MyRequest>> CompleteAsync(PortalDbContext database, IReadOnlyList<MyRequest> requests, CancellationToken cancellationToken)
    {
        // Nobody waits twice for a title, and nobody whose time is over has a place.
        var places = requests.Where(request => request is { State: RequestState.Queued, TitleId: not null, QueuePosition: > 0 }).ToDictionary(request => request.TitleId!.Value, request => request.QueuePosition);
        var dates = await expect.ManyAsync(database, places, cancellationToken);
        return [.. requests.Select(request => request with
        {
            ExpectedOn = request is { State: RequestState.Queued, TitleId: { } title } && dates.TryGetValue(title, out var date) ? date : null,
            UndoUntil = request is { State: RequestState.Cancelled, CancelReason: null, ClosedAt: { } closed } && closed + UndoTime >= clock.GetUtcNow() ? closed + UndoTime : null,
        })];
    }

    async Task<MyRequest?> FirstAsync(PortalDbContext database, IQueryable<BookRequest> one, CancellationToken cancellationToken) =>
        (await CompleteAsync(database, await Project(database, clock.GetUtcNow(), one).ToListAsync(cancellationToken), cancellationToken)).SingleOrDefault();

    static IQueryable<MyRequest> Project(PortalDbContext database, DateTimeOffset now, IQueryable<BookRequest> requests) =>
        from request in requests
        join title in database.Titles on request.TitleId equals title.Id into titles
        from title in titles.DefaultIfEmpty()
        join loan in database.Loans on request.Id equals loan.RequestId into loans
        from loan in loans.DefaultIfEmpty()
        select new MyRequest
        {
            Id = request.Id,
            Number = request.Number,
            TitleId = request.TitleId,
            BookName = title == null ? request.BookName : title.Name,
            Authors = title == null ? null : title.Authors,
            Cover = database.Covers.Where(cover => cover.TitleId == request.TitleId).Select(cover => cover.File).FirstOrDefault(),
            State = request.State,
            RequestedAt = request.RequestedAt,
            DecidedAt = request.DecidedAt,
            CollectBy = request.CollectBy,
            CollectedAt = request.CollectedAt,
            DueAt = loan == null ? null : loan.DueAt,
            IsLost = loan != null && loan.LostAt != null,
            LoanId = loan == null ? null : loan.Id,
            ReturnedAt = request.ReturnedAt,
            ClosedAt = request.ClosedAt,
            DeclineReason = request.DeclineReason,
            CancelReason = request.CancelReason,
            PausedUntil = request.State == RequestState.Paused ? request.PausedUntil : null,
            NeededUntil = request.NeededUntil,
            QueuePosition = request.State != RequestState.Queued || request.ExpiresAt < now ? 0 : database.Requests.Count(
                other => other.TitleId == request.TitleId && other.State == RequestState.Queued && other.ExpiresAt >= now && other.Number <= request.Number),
            PlaceOnceApproved = request.State != RequestState.Pending || title == null || database.Copies.Any(copy => copy.TitleId == request.TitleId && copy.State == CopyState.Available)
                ? null
                : 1 + database.Requests.Count(
                    other => other.TitleId == request.TitleId && other.State == RequestState.Queued && other.ExpiresAt >= now && other.Number < request.Number),
        };
}
