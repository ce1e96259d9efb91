using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>A librarian takes the copy of a request back, chosen in a list instead of scanned.</summary>
internal sealed class ReturnLoan(ChangeRequest requests)
{
    public Task<Outcome<ReturnAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        requests.AsStaffAsync(caller, requestId, async (change, request) =>
        {
            if (!LibraryRules.Returnable(LoadRequest.Of(request)).Allows(RuleListener.Librarian, out var refusal))
                return refusal;
            var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == request.CopyId, cancellationToken);
            return await TakeBack.RunAsync(change, copy, cancellationToken);
        }, cancellationToken);
}
