using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Loans;

/// <summary>A librarian hands the copy set aside for a request to its patron, or another copy with a reason.</summary>
internal sealed class LendRequest(ChangeRequest requests)
{
    /// <param name="barcode">The copy in hand; null: the one set aside.</param>
    /// <param name="overrideReason">Why the rules are set aside; null: they hold.</param>
    public Task<Outcome<LoanAnswer>> RunAsync(
        Caller caller, Guid requestId, string? barcode = null, string? overrideReason = null, CancellationToken cancellationToken = default) =>
        requests.AsStaffAsync<LoanAnswer>(caller, requestId, async (change, request) =>
        {
            var assigned = await ChangeRequest.SetAsideCopyAsync(change, request, cancellationToken);
            var copy = barcode is null ? assigned : await LoadCopy.FindAsync(change.Database, barcode, cancellationToken);
            if (copy is null && barcode is not null)
                return CirculationRefusals.NoCopy(barcode);
            // Without a copy set aside the request is in no state to be lent, and the rules say in which it is.
            if (copy is null)
                return LibraryRules.Lendable(LoadRequest.Of(request)).Refusal(RuleListener.Librarian)!;
            return await RunAsync(change, request, copy, assigned, overrideReason, cancellationToken);
        }, cancellationToken);

    /// <summary>Row 9: for a ready request and the copy in hand.</summary>
    public static async Task<Outcome<LoanAnswer>> RunAsync(
        LibraryChange change, BookRequest request, Copy copy, Copy? assigned, string? overrideReason, CancellationToken cancellationToken)
    {
        if (await LoadPatron.RunAsync(change, request.PatronId, cancellationToken) is not { } patron)
            return CirculationRefusals.NoPatron;
        var facts = await LoadCopy.OfAsync(change.Database, copy, request.PatronId, request.TitleId, cancellationToken);
        var ruling = change.Rules.Lend(patron, LoadRequest.Of(request, assigned), facts, change.Now);
        if (Overrides.Refusal(ruling, RuleListener.Librarian, overrideReason) is { } refusal)
            return refusal;
        return await HandOver.RunAsync(
            change, copy, facts.BookName, request.PatronId!, patron, request, ruling.IsAllowed ? null : overrideReason, cancellationToken);
    }
}
