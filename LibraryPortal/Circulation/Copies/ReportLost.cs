using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Copies;

/// <summary>A copy is lost: by its reader, or missing in the library. A loan goes on until the copy is found, or withdrawn for good.</summary>
internal sealed class ReportLost(ChangeLibrary library)
{
    /// <param name="note">What is known; needed.</param>
    public async Task<Outcome<CopyAnswer>> RunAsync(Caller caller, string? barcode, string? note, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change =>
        {
            if (await LoadCopy.FindAsync(change.Database, barcode, cancellationToken) is not { } copy)
                return CirculationRefusals.NoCopy(barcode);
            if (copy.State != CopyState.OnLoan)
                return await MoveCopy.MoveAsync(change, copy, CopyState.Lost, note, cancellationToken);
            return await LoseAsync(change, copy, note, cancellationToken);
        }, cancellationToken);
    }

    static async Task<Outcome<CopyAnswer>> LoseAsync(LibraryChange change, Copy copy, string? note, CancellationToken cancellationToken)
    {
        var facts = await LoadCopy.OfAsync(change.Database, copy, null, null, cancellationToken);
        if (!LibraryRules.MarkLost(facts, note).Allows(RuleListener.Librarian, out var refusal))
            return refusal;
        var found = await LoanWithCopy.OfCopyAsync(change, copy, cancellationToken) ?? throw new InvalidOperationException($"Copy {copy.Barcode} is on loan, but no loan says so.");
        found.Loan.MarkLost(copy, note!, change.Now);
        change.Did("loan.lost", found.Loan, found.BookName, note);
        change.Did("copy.lost", copy, note);
        change.Tell(found.Loan, "lost", $"“{found.BookName}” is reported lost. If you find it, bring it back.");
        return new CopyAnswer(copy.Barcode, copy.State, $"“{found.BookName}” ({copy.Barcode}) is lost now. The loan goes on until it is found or withdrawn.");
    }
}
