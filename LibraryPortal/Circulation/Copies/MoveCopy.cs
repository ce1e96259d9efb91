using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Copies;

/// <summary>Takes a copy that is not on loan to repair, out of the collection or off the books as missing, or back on the shelf. Whoever waits is served anew.</summary>
internal sealed class MoveCopy(ChangeLibrary library)
{
    /// <param name="to">InRepair, Lost, Withdrawn or Available.</param>
    /// <param name="note">Why; needed unless the copy goes back on the shelf.</param>
    public async Task<Outcome<CopyAnswer>> RunAsync(Caller caller, string? barcode, CopyState to, string? note, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change => await LoadCopy.FindAsync(change.Database, barcode, cancellationToken) is { } copy
            ? await MoveAsync(change, copy, to, note, cancellationToken)
            : CirculationRefusals.NoCopy(barcode), cancellationToken);
    }

    /// <summary>The same inside a change.</summary>
    public static async Task<Outcome<CopyAnswer>> MoveAsync(LibraryChange change, Copy copy, CopyState to, string? note, CancellationToken cancellationToken)
    {
        var facts = await LoadCopy.OfAsync(change.Database, copy, null, null, cancellationToken);
        if (!LibraryRules.MoveCopy(facts, to, note).Allows(RuleListener.Librarian, out var refusal))
            return refusal;
        var loan = await LoanWithCopy.OfCopyAsync(change, copy, cancellationToken);
        // A lost copy that stands on the shelf again was found: its loan ends as a return does.
        if (loan is not null && to == CopyState.Available)
            return await ReportFound.EndAsync(change, loan, note, cancellationToken);
        var next = await TakeFromReaderAsync(change, copy, cancellationToken);
        copy.MoveTo(to, note);
        change.Did(Action(to), copy, note);
        if (loan is not null && to == CopyState.Withdrawn)
            GiveUp(change, loan, note);
        await ServeQueue.RunAsync(change, copy.TitleId, cancellationToken);
        return new CopyAnswer(copy.Barcode, copy.State, Message(copy, facts.BookName, to, next));
    }

    // The reader for whom it was set aside waits again, first in the queue.
    static async Task<string> TakeFromReaderAsync(LibraryChange change, Copy copy, CancellationToken cancellationToken)
    {
        var request = await change.Database.Requests.SingleOrDefaultAsync(request => request.CopyId == copy.Id && request.State == RequestState.Ready, cancellationToken);
        if (request is null)
            return "";
        request.GiveBack(copy);
        change.Did("request.waits-again", request);
        change.Write(request, "waits-again", $"“{request.BookName}” is not ready to collect after all", $"The copy of “{request.BookName}” set aside for you cannot be lent. You keep your place in the queue.");
        return $" {request.DisplayNumber} waits again, at its old place.";
    }

    static void GiveUp(LibraryChange change, LoanWithCopy loan, string? note)
    {
        loan.Loan.GiveUp(loan.Request, change.Now);
        change.Did("loan.given-up", loan.Loan, loan.BookName, note);
        if (loan.Request is not null)
            change.Did("request.given-up", loan.Request);
        change.Tell(loan.Loan, "given-up", $"The library has given up “{loan.BookName}”, which was reported lost. It no longer stands among your loans.");
    }

    static string Action(CopyState to) => to switch
    {
        CopyState.Available => "copy.shelved",
        CopyState.InRepair => "copy.repair",
        CopyState.Lost => "copy.lost",
        CopyState.Withdrawn => "copy.withdrawn",
        CopyState.SetAside or CopyState.OnLoan => throw new ArgumentOutOfRangeException(nameof(to)),
    };

    static string Message(Copy copy, string book, CopyState to, string next) => to == CopyState.Available && copy.State == CopyState.SetAside
        ? $"“{book}” ({copy.Barcode}) is back and set aside for the first who waits."
        : $"“{book}” ({copy.Barcode}) is {copy.State.Words()} now.{next}";
}
