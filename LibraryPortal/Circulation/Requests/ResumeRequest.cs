using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A paused request waits again, at its old place.</summary>
internal sealed class ResumeRequest(ChangeRequest requests)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        requests.AsOwnerOrStaffAsync<RequestAnswer>(caller, requestId, async (change, request, actor) =>
        {
            if (!LibraryRules.Resume(LoadRequest.Of(request), actor).Allows(change.ListenerFor(request.PatronId), out var refusal))
                return refusal;
            await ResumeAsync(change, request, cancellationToken);
            return new RequestAnswer(request.State, $"{request.DisplayNumber} is {request.State.Words()} again, at its old place.");
        }, cancellationToken);

    /// <summary>What both ways of ending a pause do.</summary>
    public static async Task ResumeAsync(LibraryChange change, BookRequest request, CancellationToken cancellationToken)
    {
        RestDays.Resume(change, request);
        change.Did("request.resumed", request);
        if (request is { State: RequestState.Queued, TitleId: { } title })
            await ServeQueue.RunAsync(change, title, cancellationToken);
    }
}
