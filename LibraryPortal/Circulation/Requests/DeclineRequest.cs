using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Requests;

/// <summary>A librarian declines a request, with a reason the patron reads.</summary>
internal sealed class DeclineRequest(ChangeRequest requests)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, string? reason, CancellationToken cancellationToken = default) =>
        requests.AsStaffAsync<RequestAnswer>(caller, requestId, async (change, request) =>
        {
            if (!LibraryRules.Decline(LoadRequest.Of(request), reason).Allows(RuleListener.Librarian, out var refusal))
                return refusal;
            request.Decline(reason!, change.StaffId(null), change.Now);
            change.Did("request.declined", request, reason);
            change.Write(request, "declined", $"Your request for “{request.BookName}” was declined", $"“{request.BookName}” was declined: {request.DeclineReason}");
            var name = await ChangeRequest.NameAsync(change, request.PatronId, cancellationToken);
            return new RequestAnswer(request.State, $"{request.DisplayNumber} declined; {name} is told why.");
        }, cancellationToken);
}
