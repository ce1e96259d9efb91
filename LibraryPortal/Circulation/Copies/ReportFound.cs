using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Copies;

/// <summary>A lost copy is there again. Its loan, if it has one, ends; the copy goes to the next who waits, or on the shelf.</summary>
internal sealed class ReportFound(ChangeLibrary library)
{
    /// <param name="note">Where it was found; needed.</param>
    public async Task<Outcome<CopyAnswer>> RunAsync(Caller caller, string? barcode, string? note, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change =>
        {
            if (await LoadCopy.FindAsync(change.Database, barcode, cancellationToken) is not { } copy)
                return CirculationRefusals.NoCopy(barcode);
            var facts = await LoadCopy.OfAsync(change.Database, copy, null, null, cancellationToken);
            if (!LibraryRules.MarkFound(facts, note).Allows(RuleListener.Librarian, out var wrong))
                return wrong;
            return await MoveCopy.MoveAsync(change, copy, CopyState.Available, note, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>The loan of the found copy ends.</summary>
    public static async Task<CopyAnswer> EndAsync(LibraryChange change, LoanWithCopy found, string? note, CancellationToken cancellationToken)
    {
        found.Loan.MarkFound(found.Copy, found.Request, change.Now);
        change.Did("loan.found", found.Loan, found.BookName, note);
        var back = await TakeBack.EndAsync(change, found, cancellationToken);
        return new CopyAnswer(found.Copy.Barcode, found.Copy.State, back.Message);
    }
}
