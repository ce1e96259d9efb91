using LibraryPortal.Circulation;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Patrons;

/// <summary>A librarian changes what the library knows of a reader, or ends or renews the membership.</summary>
internal sealed class EditPatron(ChangeLibrary library)
{
    /// <param name="version">Of the profile that was shown.</param>
    /// <returns>What to say.</returns>
    public Task<Outcome<string>> DescribeAsync(
        Caller caller, string patronId, int version, string? name, string? category, string? cardNumber, string? notes, CancellationToken cancellationToken = default) =>
        AsStaffAsync(caller, patronId, async (change, patron) =>
        {
            if (patron.Version != version)
                return CirculationRefusals.ChangedMeanwhile;
            if (string.IsNullOrEmpty(category) || !await change.Database.LendingPolicies.AnyAsync(policy => policy.Category == category, cancellationToken))
                return new Refusal(RefusalKind.Invalid, "Choose a category.", "patron-category");
            var card = cardNumber?.Trim() ?? "";
            if (card != patron.CardNumber && await change.Database.Patrons.Where(other => other.CardNumber == card).Select(other => other.Name).FirstOrDefaultAsync(cancellationToken) is { } holder)
                return new Refusal(RefusalKind.Conflict, $"The card {card} is {holder}'s.", "card-taken");
            if (patron.Describe(name, category, notes).Refusal is { } wrong)
                return wrong;
            if (card != patron.CardNumber && patron.GiveCard(card).Refusal is { } wrongCard)
                return wrongCard;
            change.Did("patron.changed", patron);
            return "Saved.";
        }, cancellationToken);

    /// <returns>What to say.</returns>
    public Task<Outcome<string>> SetActiveAsync(Caller caller, string patronId, bool isActive, CancellationToken cancellationToken = default) =>
        AsStaffAsync(caller, patronId, async (change, patron) =>
        {
            if (patron.IsActive == isActive)
                return new Refusal(RefusalKind.Conflict, $"{patron.Name} {(isActive ? "is a member" : "is no longer a member")} already.", "membership");
            if (!isActive && await RefuseToEndAsync(change, patron, cancellationToken) is { } refusal)
                return refusal;
            patron.SetActive(isActive);
            change.Did(isActive ? "patron.renewed" : "patron.ended", patron);
            return isActive ? $"{patron.Name} is a member again." : $"The membership of {patron.Name} has ended.";
        }, cancellationToken);

    static async Task<Refusal?> RefuseToEndAsync(LibraryChange change, PatronProfile patron, CancellationToken cancellationToken)
    {
        var loans = await change.Database.Loans.CountAsync(loan => loan.PatronId == patron.UserId && loan.ReturnedAt == null, cancellationToken);
        if (loans > 0)
            return new Refusal(RefusalKind.Conflict, $"{patron.Name} has {loans} {(loans == 1 ? "book" : "books")} on loan. Take them back first.", "books-on-loan");
        var requests = await change.Database.Requests.CountAsync(request => request.PatronId == patron.UserId && RequestStates.Open.Contains(request.State), cancellationToken);
        return requests == 0 ? null
            : new Refusal(RefusalKind.Conflict, $"{patron.Name} has {requests} open {(requests == 1 ? "request" : "requests")}. Cancel them first.", "open-requests");
    }

    async Task<Outcome<string>> AsStaffAsync(
        Caller caller, string patronId, Func<LibraryChange, PatronProfile, Task<Outcome<string>>> work, CancellationToken cancellationToken)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync(caller, async change =>
            await change.Database.Patrons.SingleOrDefaultAsync(patron => patron.UserId == patronId, cancellationToken) is { } patron
                ? await work(change, patron)
                : CirculationRefusals.NoPatron, cancellationToken);
    }
}
