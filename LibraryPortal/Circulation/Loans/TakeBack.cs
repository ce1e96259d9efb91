using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Rules;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Ends a loan with the copy in hand: what all ways of taking back share. The copy goes to the first who waits, or on the shelf.</summary>
internal static class TakeBack
{
    public static async Task<Outcome<ReturnAnswer>> RunAsync(LibraryChange change, Copy copy, CancellationToken cancellationToken)
    {
        var facts = await LoadCopy.OfAsync(change.Database, copy, null, null, cancellationToken);
        var found = await LoanWithCopy.OfCopyAsync(change, copy, cancellationToken);
        // A lost copy that is brought back was found: nobody needs to say so twice.
        if (copy.State == CopyState.Lost && found is not null)
        {
            found.Loan.MarkFound(copy, found.Request, change.Now);
            change.Did("loan.found", found.Loan, found.BookName, "Brought back at the desk.");
            return await EndAsync(change, found, cancellationToken);
        }

        if (!LibraryRules.Return(facts).Allows(RuleListener.Librarian, out var refusal))
            return refusal;
        if (found is null)
            throw new InvalidOperationException($"Copy {copy.Barcode} is on loan, but no loan says so.");
        found.Loan.Return(copy, found.Request, change.Now);
        change.Did("loan.returned", found.Loan, found.BookName);
        return await EndAsync(change, found, cancellationToken);
    }

    /// <summary>Records the rest, thanks the reader and hands the copy on.</summary>
    public static async Task<ReturnAnswer> EndAsync(LibraryChange change, LoanWithCopy found, CancellationToken cancellationToken)
    {
        var (loan, copy, request, book) = found;
        var patron = await ChangeRequest.NameAsync(change, loan.PatronId, cancellationToken);
        if (request is not null)
            change.Did("request.returned", request);
        change.Did("copy.returned", copy);
        change.Tell(loan, "returned", $"“{book}” is back at the library. Thank you.");
        var late = Math.Max(0, change.Today.DayNumber - change.Zone.DateAt(loan.DueAt).DayNumber);
        var served = await ServeQueue.RunAsync(change, copy.TitleId, cancellationToken);
        foreach (var (next, kept) in served)
        {
            if (kept != copy)
                continue;
            var name = await ChangeRequest.NameAsync(change, next.PatronId, cancellationToken);
            return new ReturnAnswer(loan.Id, book, copy.Barcode, patron, late, copy.Shelf, name, next.DisplayNumber,
                $"“{book}” ({copy.Barcode}) is back{Late(late)}. Set it aside for {name}, {next.DisplayNumber}.");
        }

        return new ReturnAnswer(loan.Id, book, copy.Barcode, patron, late, copy.Shelf, null, null,
            $"“{book}” ({copy.Barcode}) is back{Late(late)}{(copy.Shelf is { } shelf ? $"; it belongs on shelf {shelf}" : "")}.");
    }

    static string Late(int days) => days switch
    {
        0 => "",
        1 => ", 1 day late",
        _ => $", {days} days late",
    };
}
