using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Takes a lending back, within ten minutes and while nothing else happened to the loan: it is as if it had not been. The copy waits again for the
/// request it had waited for, or is free for whoever is next.</summary>
internal sealed class UndoLend(ChangeLibrary library)
{
    public async Task<Outcome<ReturnAnswer>> RunAsync(Caller caller, Guid loanId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync<ReturnAnswer>(caller, async change =>
        {
            if (await LoanWithCopy.FindAsync(change, loanId, cancellationToken) is not { } found)
                return CirculationRefusals.NoLoan;
            if (!LibraryRules.UndoLend(LoadLoan.Of(found.Loan, found.BookName), change.Now).Allows(RuleListener.Librarian, out var wrong))
                return wrong;
            await RemoveAsync(change, found, cancellationToken);
            var served = await ServeQueue.RunAsync(change, found.Copy.TitleId, cancellationToken);
            return await SayAsync(change, found, served, cancellationToken);
        }, cancellationToken);
    }

    static async Task RemoveAsync(LibraryChange change, LoanWithCopy found, CancellationToken cancellationToken)
    {
        var (loan, copy, request, book) = found;
        loan.UndoLend(copy, request);
        change.Did("loan.undone", loan, book);
        if (request is not null)
            change.Did("request.lending-undone", request);
        change.Did(copy.State == CopyState.SetAside ? "copy.set-aside" : "copy.released", copy);
        change.Database.Loans.Remove(loan);
        // What the reader was told of the loan is no longer true, and nothing would ever forget it.
        var occasions = $"loan:{loan.Id}:%";
        await change.Database.Notices.Where(notice => notice.UserId == loan.PatronId && EF.Functions.Like(notice.Occasion, occasions)).ExecuteDeleteAsync(cancellationToken);
    }

    static async Task<ReturnAnswer> SayAsync(
        LibraryChange change, LoanWithCopy found, IReadOnlyList<(BookRequest Request, Copy Copy)> served, CancellationToken cancellationToken)
    {
        var (loan, copy, request, book) = found;
        var patron = await ChangeRequest.NameAsync(change, loan.PatronId, cancellationToken);
        var kept = request is { State: RequestState.Ready } && request.CopyId == copy.Id ? request : served.FirstOrDefault(pair => pair.Copy == copy).Request;
        var undone = $"“{book}” ({copy.Barcode}) is not lent to {patron} after all";
        if (kept is null)
        {
            return new ReturnAnswer(loan.Id, book, copy.Barcode, patron, 0, copy.Shelf, null, null,
                $"{undone}{(copy.Shelf is { } shelf ? $"; it belongs on shelf {shelf}" : "")}.");
        }

        var next = await ChangeRequest.NameAsync(change, kept.PatronId, cancellationToken);
        return new ReturnAnswer(loan.Id, book, copy.Barcode, patron, 0, copy.Shelf, next, kept.DisplayNumber,
            $"{undone}. It waits on the hold shelf for {next}, {kept.DisplayNumber}, until {change.Zone.Say(kept.CollectBy!.Value)}.");
    }
}
