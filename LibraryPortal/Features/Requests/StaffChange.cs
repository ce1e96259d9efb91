using LibraryPortal.Domain;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>What every step of a librarian shares: only staff, a request that exists, one transaction.</summary>
internal sealed class StaffChange(ChangeRequests changes)
{
    public async Task<Outcome<RequestAnswer>> RunAsync(
        Caller caller, Guid requestId, Func<RequestChange, BookRequest, Task<Outcome<RequestAnswer>>> work, CancellationToken cancellationToken)
    {
        if (RequestRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await changes.RunAsync(async change =>
        {
            var request = await change.Database.Requests.SingleOrDefaultAsync(request => request.Id == requestId, cancellationToken);
            return request is null ? RequestRefusals.NotFound : await work(change, request);
        }, cancellationToken);
    }

    /// <summary>The name by which a librarian calls a patron.</summary>
    public static async Task<string> NameAsync(RequestChange change, string patronId, CancellationToken cancellationToken) =>
        await change.Database.Users.Where(user => user.Id == patronId)
            .Select(user => user.DisplayName != "" ? user.DisplayName : user.UserName!).SingleAsync(cancellationToken);
}
