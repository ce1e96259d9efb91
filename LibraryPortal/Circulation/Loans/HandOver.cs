using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Puts a copy into a patron's hands, after the rules were asked: what all ways of lending share.</summary>
internal static class HandOver
{
    /// <param name="request">The open request it fills; null: none.</param>
    /// <param name="overrideReason">Why rules were set aside; null: none was.</param>
    public static async Task<LoanAnswer> RunAsync(
        LibraryChange change, Copy copy, string bookName, string patronId, PatronFacts patron, BookRequest? request, string? overrideReason, CancellationToken cancellationToken)
    {
        var left = request is { State: RequestState.Ready } && request.CopyId != copy.Id
            ? await change.Database.Copies.SingleAsync(other => other.Id == request.CopyId, cancellationToken)
            : null;
        if (request is not null && request.State != RequestState.Ready)
            request.BringForward(copy, change.StaffId(null), change.Now);
        left?.Release();
        var loan = Loan.Lend(copy, patronId, request, change.Calendar.DueAt(change.Now, patron.Policy.LoanDays), change.Now);
        change.Database.Loans.Add(loan);
        if (request is not null)
            change.Did("request.lent", request, overrideReason);
        change.Did("loan.lent", loan, bookName, overrideReason);
        change.Did("copy.lent", copy);
        var due = change.Zone.Say(loan.DueAt);
        change.Tell(loan, "lent", $"“{bookName}” is yours until {due}.");
        if (left is not null)
        {
            change.Did("copy.released", left);
            await ServeQueue.RunAsync(change, left.TitleId, cancellationToken);
        }

        return new LoanAnswer(loan.Id, bookName, copy.Barcode, loan.DueAt, $"“{bookName}” ({copy.Barcode}) is lent to {patron.Name} until {due}.");
    }
}
