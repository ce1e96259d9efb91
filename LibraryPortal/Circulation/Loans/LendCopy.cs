using LibraryPortal.Circulation.Facts;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Lends the copy in hand to the patron at the desk, with or without a request: what the patron had asked for is filled by it.</summary>
internal sealed class LendCopy(ChangeLibrary library)
{
    /// <param name="overrideReason">Why the rules are set aside; null: they hold.</param>
    public async Task<Outcome<LoanAnswer>> RunAsync(Caller caller, string patronId, string? barcode, string? overrideReason = null, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change =>
        {
            if (await LoadCopy.FindAsync(change.Database, barcode, cancellationToken) is not { } copy)
                return CirculationRefusals.NoCopy(barcode);
            var request = await change.Database.Requests.SingleOrDefaultAsync(
                request => request.PatronId == patronId && request.TitleId == copy.TitleId && RequestStates.Open.Contains(request.State), cancellationToken);
            if (request is not { State: RequestState.Ready })
                return await WithoutReadyRequestAsync(change, copy, patronId, request, overrideReason, cancellationToken);
            var assigned = await ChangeRequest.SetAsideCopyAsync(change, request, cancellationToken);
            return await LendRequest.RunAsync(change, request, copy, assigned, overrideReason, cancellationToken);
        }, cancellationToken);
    }

    static async Task<Outcome<LoanAnswer>> WithoutReadyRequestAsync(
        LibraryChange change, Copy copy, string patronId, BookRequest? request, string? overrideReason, CancellationToken cancellationToken)
    {
        if (await LoadPatron.RunAsync(change, patronId, cancellationToken) is not { } patron)
            return CirculationRefusals.NoPatron;
        var facts = await LoadCopy.OfAsync(change.Database, copy, patronId, null, cancellationToken);
        var title = await LoadTitle.RunAsync(change.Database, copy.TitleId, patronId, change.Now, cancellationToken) ?? throw new InvalidOperationException($"The title of {copy.Barcode} is gone.");
        var ruling = change.Rules.LendWithoutRequest(patron, facts, title, change.Now);
        if (Overrides.Refusal(ruling, RuleListener.Librarian, overrideReason) is { } refusal)
            return refusal;
        return await HandOver.RunAsync(change, copy, facts.BookName, patronId, patron, request, ruling.IsAllowed ? null : overrideReason, cancellationToken);
    }
}
