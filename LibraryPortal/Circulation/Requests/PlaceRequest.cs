using LibraryPortal.Circulation.Facts;
using LibraryPortal.Data.Numbers;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Writes a request of a known book, or says why not: what both ways of asking share.</summary>
internal static class PlaceRequest
{
    public static async Task<Outcome<PlacedRequest>> RunAsync(LibraryChange change, Caller caller, RequestedBook book, RequestWish? wish, CancellationToken cancellationToken)
    {
        var patronId = wish?.PatronId ?? caller.UserId;
        var listener = change.ListenerFor(patronId);
        if (patronId != caller.UserId && !caller.IsLibrarian)
            return CirculationRefusals.NoPatron;
        if (await LoadPatron.RunAsync(change, patronId, cancellationToken) is not { } patron)
            return CirculationRefusals.NoPatron;
        var title = book.Title is { } held
            ? await LoadTitle.RunAsync(change.Database, held.Id, patronId, change.Now, cancellationToken) ?? throw new InvalidOperationException($"Title {held.Id} is gone.")
            : await LoadTitle.NotHeldAsync(change.Database, book.Name, patronId, cancellationToken);
        var ruling = change.Rules.Request(patron, title, change.Now, wish?.NeededUntil);
        if (Overrides.Refusal(ruling, listener, wish?.OverrideReason) is { } refusal)
            return refusal;

        var number = await change.Database.TakeNumbersAsync(NumberSeriesExtensions.Requests, 1, cancellationToken);
        var expires = change.Zone.EndOf(wish?.NeededUntil ?? change.Today.AddDays(patron.Policy.RequestDays));
        var request = BookRequest.Place(book, patronId, change.StaffId(patronId), number, wish?.NeededUntil, expires, change.Now);
        change.Database.Requests.Add(request);
        change.Did("request.placed", request, ruling.IsAllowed ? null : wish?.OverrideReason);
        var isHeld = title.IsHeld && title.LendableCopies > 0;
        if (isHeld && patron.Policy.AutoApproves)
        {
            request.Approve(null, change.Now);
            change.Did("request.approved", request);
            await ServeQueue.RunAsync(change, request.TitleId!.Value, cancellationToken);
        }

        if (listener == RuleListener.Librarian)
            change.Tell(request, "placed", $"The library has asked for “{request.BookName}” on your behalf; the request is {request.DisplayNumber}.");
        return new PlacedRequest(request.Id, number, request.BookName, request.State, isHeld, Message(change, request, title, listener == RuleListener.Librarian ? patron.Name : null));
    }

    static string Message(LibraryChange change, BookRequest request, TitleFacts title, string? patronName)
    {
        var (number, book) = (request.DisplayNumber, $"“{request.BookName}”");
        var forWhom = patronName is null ? "your request is" : $"the request of {patronName} is";
        return (title.IsHeld, title.LendableCopies) switch
        {
            (false, _) => $"{book} is not in the catalogue. A librarian will see whether it can be had; {forWhom} {number}.",
            (true, 0) => $"The library has no copy of {book} that can be lent at present. A librarian will see whether one can be had; {forWhom} {number}.",
            _ => request.State switch
            {
                RequestState.Ready => $"{book} is ready to collect, until {change.Zone.Say(request.CollectBy!.Value)}; {forWhom} {number}.",
                RequestState.Queued => $"{book} is requested. All copies are out; {forWhom} {number}, and you are told when a copy is ready.",
                _ => patronName is null
                    ? $"You asked for {book}. A librarian decides soon; {forWhom} {number}."
                    : $"{book} is requested for {patronName}: {number}, waiting for a librarian.",
            },
        };
    }
}
