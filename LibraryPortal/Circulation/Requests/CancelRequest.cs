using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A request is taken back: by its owner, or by a librarian with a reason. A copy set aside for it goes to the next who waits.</summary>
internal sealed class CancelRequest(ChangeRequest requests)
{
    /// <param name="reason">A librarian's, for somebody else's request; the reader is told.</param>
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, string? reason = null, CancellationToken cancellationToken = default) =>
        requests.AsOwnerOrStaffAsync<RequestAnswer>(caller, requestId, async (change, request, actor) =>
        {
            if (!LibraryRules.Cancel(LoadRequest.Of(request), actor, reason).Allows(change.ListenerFor(request.PatronId), out var refusal))
                return refusal;
            var copy = await ChangeRequest.SetAsideCopyAsync(change, request, cancellationToken);
            request.Cancel(copy, actor == RuleActor.Librarian ? reason : null, change.Now);
            change.Did("request.cancelled", request, request.CancelReason);
            if (request.CancelReason is { } why)
                change.Write(request, "cancelled", $"Your request for “{request.BookName}” was cancelled", $"The library has cancelled your request for “{request.BookName}”: {why}");
            if (copy is not null)
            {
                change.Did("copy.released", copy);
                await ServeQueue.RunAsync(change, copy.TitleId, cancellationToken);
            }

            return new RequestAnswer(request.State, actor == RuleActor.Owner
                ? $"Your request for “{request.BookName}” is cancelled."
                : $"{request.DisplayNumber} is cancelled; the reader is told why.");
        }, cancellationToken);
}
