using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>The patron says until when the book is needed; the request ends by itself after that.</summary>
internal sealed class ChangeNeededUntil(ChangeRequest requests)
{
    /// <param name="until">The last day; null: as long as requests are kept.</param>
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, DateOnly? until, CancellationToken cancellationToken = default) =>
        requests.AsOwnerOrStaffAsync<RequestAnswer>(caller, requestId, async (change, request, actor) =>
        {
            if (await LoadPatron.RunAsync(change, request.PatronId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            // Counted from the day of asking, so that changing one's mind back and forth does not keep a request for ever.
            var usual = change.Zone.EndOf(change.Zone.DateAt(request.RequestedAt).AddDays(patron.Policy.RequestDays + request.RestedDays));
            if (!change.Rules.ChangeNeededUntil(LoadRequest.Of(request), actor, until, usual, change.Now).Allows(change.ListenerFor(request.PatronId), out var refusal))
                return refusal;
            request.NeedUntil(until, until is { } day ? change.Zone.EndOf(day) : usual);
            change.Did("request.needed-until", request);
            return new RequestAnswer(request.State, $"{request.DisplayNumber} is kept until {change.Zone.Say(request.ExpiresAt)}.");
        }, cancellationToken);
}
