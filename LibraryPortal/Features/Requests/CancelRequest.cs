using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>A patron takes an own request back. A copy set aside for it goes to the next who waits.</summary>
internal sealed class CancelRequest(ChangeRequests changes)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        changes.RunAsync<RequestAnswer>(async change =>
        {
            var request = await change.Database.Requests.SingleOrDefaultAsync(
                request => request.Id == requestId && request.PatronId == caller.UserId, cancellationToken);
            if (request is null)
                return RequestRefusals.NotFound;
            var copy = request.State == RequestState.Ready ? await change.Database.Copies.FindAsync([request.CopyId], cancellationToken) : null;
            if (request.Cancel(copy, change.Now).Refusal is { } refusal)
                return refusal;
            if (copy is not null)
                await ServeWaitingList.RunAsync(change, copy.TitleId, cancellationToken);
            return new RequestAnswer(request.State, $"Your request for “{request.BookName}” is cancelled.");
        }, cancellationToken);
}
