using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>A librarian approves a request: a free copy is set aside for it, or it waits for one.</summary>
internal sealed class ApproveRequest(StaffChange changes)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        changes.RunAsync(caller, requestId, async (change, request) =>
        {
            if (request.Approve(change.Now).Refusal is { } refusal)
                return refusal;
            var served = await ServeWaitingList.RunAsync(change, request.TitleId!.Value, cancellationToken);
            var name = await StaffChange.NameAsync(change, request.PatronId!, cancellationToken);
            foreach (var (ready, copy) in served)
            {
                if (ready == request)
                    return new RequestAnswer(request.State, $"{request.DisplayNumber} approved: set copy {copy.Barcode} of “{request.BookName}” aside for {name}.");
            }

            var place = await change.Database.Requests.CountAsync(
                other => other.TitleId == request.TitleId && other.State == RequestState.Queued && other.Number <= request.Number, cancellationToken);
            change.Tell(request.PatronId!, request.Id, "approved", $"“{request.BookName}” was approved. All copies are out; you are number {place} in the queue.");
            return new RequestAnswer(request.State, $"{request.DisplayNumber} approved, but no copy of “{request.BookName}” is free: {name} is number {place} in the queue.");
        }, cancellationToken);
}
