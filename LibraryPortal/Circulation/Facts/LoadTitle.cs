using LibraryPortal.Data;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Facts;

/// <summary>What the rules need to know of a title, seen from one patron.</summary>
internal static class LoadTitle
{
    /// <param name="except">A request that does not count as the patron's own, because it is the one in question.</param>
    /// <returns>Null: there is no such title.</returns>
    public static async Task<TitleFacts?> RunAsync(PortalDbContext database, int titleId, string? patronId, DateTimeOffset now, CancellationToken cancellationToken, Guid? except = null) =>
        (await ManyAsync(database, [titleId], patronId, now, cancellationToken, except)).GetValueOrDefault(titleId);

    /// <summary>Of several titles, by their numbers, with as many queries as of one. Those that are not there are left out.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<IReadOnlyDictionary<int, TitleFacts>> ManyAsync(
        PortalDbContext database, IReadOnlyCollection<int> titleIds, string? patronId, DateTimeOffset now, CancellationToken cancellationToken, Guid? except = null)
    {
        var facts = await database.Titles.Where(title => titleIds.Contains(title.Id)).Select(title => new
        {
            title.Id,
            Facts = new TitleFacts
            {
                Name = title.Name,
                LendableCopies = database.Copies.Count(copy => copy.TitleId == title.Id && copy.State != CopyState.Lost && copy.State != CopyState.Withdrawn),
                FreeCopies = database.Copies.Count(copy => copy.TitleId == title.Id && copy.State == CopyState.Available),
                OthersWaiting = database.Requests.Count(request => request.TitleId == title.Id && request.State == RequestState.Queued && request.ExpiresAt >= now && request.PatronId != patronId),
            },
        }).ToDictionaryAsync(title => title.Id, title => title.Facts, cancellationToken);
        if (facts.Count == 0 || patronId is null)
            return facts;
        var own = await database.Requests.AsNoTracking().Where(
            request => titleIds.Contains(request.TitleId!.Value) && request.PatronId == patronId && request.Id != except && RequestStates.Open.Contains(request.State)).ToListAsync(cancellationToken);
        var due = await (
            from loan in database.Loans
            join copy in database.Copies on loan.CopyId equals copy.Id
            where titleIds.Contains(copy.TitleId) && loan.PatronId == patronId && loan.ReturnedAt == null
            select new { copy.TitleId, loan.DueAt }).ToListAsync(cancellationToken);
        return facts.ToDictionary(title => title.Key, title =>
        {
            var request = own.Find(request => request.TitleId == title.Key);
            return title.Value with { OwnRequest = request?.DisplayNumber, OwnRequestState = request?.State ?? default, OwnLoanDueAt = due.Find(loan => loan.TitleId == title.Key)?.DueAt };
        });
    }

    /// <summary>A book the catalogue does not have, asked for by its name.</summary>
    public static async Task<TitleFacts> NotHeldAsync(PortalDbContext database, string name, string patronId, CancellationToken cancellationToken, Guid? except = null)
    {
        var key = TitleKey.For(name, null);
        var own = await database.Requests.AsNoTracking().FirstOrDefaultAsync(
            request => request.TitleId == null && request.BookKey == key && request.PatronId == patronId && request.Id != except && RequestStates.Open.Contains(request.State),
            cancellationToken);
        return new TitleFacts { Name = name, IsHeld = false, OwnRequest = own?.DisplayNumber, OwnRequestState = own?.State ?? default };
    }

    /// <summary>The title of a request, seen from its patron; the request itself is not counted.</summary>
    public static async Task<TitleFacts> OfAsync(PortalDbContext database, BookRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        request.TitleId is { } titleId
            ? await RunAsync(database, titleId, request.PatronId, now, cancellationToken, request.Id) ?? throw new InvalidOperationException($"The title of {request.DisplayNumber} is gone.")
            : await NotHeldAsync(database, request.BookName, request.PatronId ?? "", cancellationToken, request.Id);
}
