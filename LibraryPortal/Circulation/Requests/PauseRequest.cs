using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A request rests until a date and keeps its place; it resumes by itself on the day after.</summary>
internal sealed class PauseRequest(ChangeRequest requests)
{
    /// <param name="until">The last day of the pause.</param>
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, DateOnly until, CancellationToken cancellationToken = default) =>
        requests.AsOwnerOrStaffAsync<RequestAnswer>(caller, requestId, async (change, request, actor) =>
        {
            if (await LoadPatron.RunAsync(change, request.PatronId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            if (!change.Rules.Pause(LoadRequest.Of(request), actor, until, patron.Policy, change.Now).Allows(change.ListenerFor(request.PatronId), out var refusal))
                return refusal;
            RestDays.Pause(change, request, until);
            change.Did("request.paused", request);
            var last = Domain.Calendar.LibraryZone.Say(until);
            if (actor == RuleActor.Librarian)
                change.Tell(request, "paused", $"The library has paused your request for “{request.BookName}” until {last}. It keeps its place.");
            return new RequestAnswer(request.State, $"{request.DisplayNumber} is paused until {last} and keeps its place.");
        }, cancellationToken);
}
