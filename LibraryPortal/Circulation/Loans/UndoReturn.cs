using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Takes a return back, within ten minutes: the reader has the copy after all. Whoever it was set aside for waits again, at the old place.</summary>
internal sealed class UndoReturn(ChangeLibrary library)
{
    public async Task<Outcome<LoanAnswer>> RunAsync(Caller caller, Guid loanId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync<LoanAnswer>(caller, async change =>
        {
            if (await LoanWithCopy.FindAsync(change, loanId, cancellationToken) is not { } found)
                return CirculationRefusals.NoLoan;
            var (loan, copy, request, name) = found;
            if (await LoadPatron.RunAsync(change, loan.PatronId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            if (await RefuseAsync(change, found, patron, cancellationToken) is { } wrong)
                return wrong;
            await TakeFromNextAsync(change, copy, cancellationToken);
            loan.UndoReturn(copy, request);
            change.Did("loan.reopened", loan, name);
            change.Did("copy.lent", copy);
            if (request is not null)
                change.Did("request.on-loan-again", request);
            var due = change.Zone.Say(loan.DueAt);
            change.Tell(loan, "reopened", $"“{name}” was marked as returned by mistake; it is yours until {due}.");
            // What waits may have a copy all the same, if another one came back meanwhile.
            await ServeQueue.RunAsync(change, copy.TitleId, cancellationToken);
            return new LoanAnswer(loan.Id, name, copy.Barcode, loan.DueAt, $"“{name}” ({copy.Barcode}) is on loan to {patron.Name} again, until {due}.");
        }, cancellationToken);
    }

    static async Task<Refusal?> RefuseAsync(LibraryChange change, LoanWithCopy found, PatronFacts patron, CancellationToken cancellationToken)
    {
        var copy = await LoadCopy.OfAsync(change.Database, found.Copy, found.Loan.PatronId, null, cancellationToken);
        var title = await LoadTitle.RunAsync(change.Database, found.Copy.TitleId, found.Loan.PatronId, change.Now, cancellationToken)
            ?? throw new InvalidOperationException($"The title of {copy.Barcode} is gone.");
        return LibraryRules.UndoReturn(copy, LoadLoan.Of(found.Loan, found.BookName), patron, title, change.Now).Refusal(RuleListener.Librarian);
    }

    static async Task TakeFromNextAsync(LibraryChange change, Copy copy, CancellationToken cancellationToken)
    {
        var next = await change.Database.Requests.SingleOrDefaultAsync(request => request.CopyId == copy.Id && request.State == RequestState.Ready, cancellationToken);
        if (next is null)
            return;
        next.GiveBack(copy);
        change.Did("request.waits-again", next);
        change.Did("copy.released", copy);
        change.Write(next, "waits-again", $"“{next.BookName}” is not ready to collect after all", $"“{next.BookName}” is not ready after all: its copy had not come back. You keep your place in the queue.");
        // Two requests must not have the copy even for a moment: the database would refuse.
        await change.Database.SaveChangesAsync(cancellationToken);
    }
}
