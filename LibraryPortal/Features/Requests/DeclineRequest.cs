using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Requests;

/// <summary>A librarian declines a request, with a reason the patron reads.</summary>
internal sealed class DeclineRequest(StaffChange changes)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, string? reason, CancellationToken cancellationToken = default) =>
        changes.RunAsync(caller, requestId, async (change, request) =>
        {
            if (request.Decline(reason, change.Now).Refusal is { } refusal)
                return refusal;
            change.Tell(request.PatronId!, request.Id, "declined", $"“{request.BookName}” was declined: {request.DeclineReason}");
            var name = await StaffChange.NameAsync(change, request.PatronId!, cancellationToken);
            return new RequestAnswer(request.State, $"{request.DisplayNumber} declined; {name} is told why.");
        }, cancellationToken);
}
