using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>Takes a cancellation back, within ten minutes. The request has its old place again; a copy that was set aside may have gone to somebody else.</summary>
internal sealed class UndoCancelRequest(ChangeRequest requests)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        requests.AsOwnerOrStaffAsync<RequestAnswer>(caller, requestId, async (change, request, actor) =>
        {
            if (await LoadPatron.RunAsync(change, request.PatronId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            var title = await LoadTitle.OfAsync(change.Database, request, change.Now, cancellationToken);
            if (!change.Rules.UndoCancel(LoadRequest.Of(request), actor, patron, title, change.Now).Allows(change.ListenerFor(request.PatronId), out var refusal))
                return refusal;
            request.UndoCancel();
            change.Did("request.reopened", request);
            if (request.TitleId is { } titleId)
                await ServeQueue.RunAsync(change, titleId, cancellationToken);
            if (actor == RuleActor.Librarian && request.State != RequestState.Ready)
                change.Tell(request, "reopened", $"Your request for “{request.BookName}” is not cancelled after all; it has its old place.");
            return new RequestAnswer(request.State, $"{request.DisplayNumber} is {request.State.Words()} again.");
        }, cancellationToken);
}
