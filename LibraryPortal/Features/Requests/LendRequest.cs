using LibraryPortal.Domain;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>A librarian hands the copy set aside for a request to its patron.</summary>
internal sealed class LendRequest(StaffChange changes)
{
    public Task<Outcome<RequestAnswer>> RunAsync(Caller caller, Guid requestId, CancellationToken cancellationToken = default) =>
        changes.RunAsync(caller, requestId, async (change, request) =>
        {
            if (request.State != RequestState.Ready)
                return request.NotReady();
            var copy = await change.Database.Copies.SingleAsync(copy => copy.Id == request.CopyId, cancellationToken);
            var active = await change.Database.Loans.CountAsync(loan => loan.PatronId == request.PatronId && loan.ReturnedAt == null, cancellationToken);
            var loan = Loan.Lend(request, copy, active, change.Terms, change.Now);
            if (!loan.IsAllowed)
                return loan.Refusal;
            change.Database.Loans.Add(loan.Value);
            var due = change.Terms.Say(loan.Value.DueAt);
            change.Tell(request.PatronId!, request.Id, "lent", $"“{request.BookName}” is yours until {due}.");
            var name = await StaffChange.NameAsync(change, request.PatronId!, cancellationToken);
            return new RequestAnswer(request.State, $"“{request.BookName}” ({copy.Barcode}) is lent to {name} until {due}.");
        }, cancellationToken);
}
