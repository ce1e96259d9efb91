using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>Writes a patron's request of a known book, or says why not: what both ways of asking share.</summary>
internal static class PlaceRequest
{
    public static async Task<Outcome<PlacedRequest>> RunAsync(
        RequestChange change, string patronId, Outcome<RequestedBook> book, CancellationToken cancellationToken)
    {
        if (!book.IsAllowed)
            return book.Refusal;
        var standing = await StandingAsync(change, patronId, book.Value, cancellationToken);
        var number = await change.Database.TakeNumbersAsync(NumberSeriesExtensions.Requests, 1, cancellationToken);
        var placed = BookRequest.Place(book.Value, patronId, number, standing, change.Terms, change.Now);
        if (!placed.IsAllowed)
            return placed.Refusal;
        change.Database.Requests.Add(placed.Value);
        return new PlacedRequest(placed.Value.Id, number, placed.Value.BookName, placed.Value.State, IsHeld: book.Value.Title is not null);
    }

    static async Task<PatronStanding> StandingAsync(RequestChange change, string patronId, RequestedBook book, CancellationToken cancellationToken)
    {
        var own = change.Database.Requests.AsNoTracking().Where(request => request.PatronId == patronId);
        var active = own.Where(request => RequestStates.Active.Contains(request.State));
        var today = change.Terms.StartOfDay(change.Now);
        var same = book.Title is { } title
            ? active.Where(request => request.TitleId == title.Id)
            : active.Where(request => request.TitleId == null && request.BookKey == TitleKey.For(book.Name, null));
        return new PatronStanding(
            await active.CountAsync(request => request.State != RequestState.OnLoan, cancellationToken),
            await own.CountAsync(request => request.RequestedAt >= today, cancellationToken),
            await same.FirstOrDefaultAsync(cancellationToken));
    }
}
