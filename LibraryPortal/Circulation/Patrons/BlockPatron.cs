using LibraryPortal.Domain;
using LibraryPortal.Domain.Calendar;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>Stops a patron's requests, loans and renewals, with a reason that the patron is shown.</summary>
internal sealed class BlockPatron(ChangePatron patrons)
{
    /// <param name="until">The last day; null: until lifted.</param>
    public Task<Outcome<string>> RunAsync(Caller caller, string patronId, string? reason, DateOnly? until, CancellationToken cancellationToken = default) =>
        patrons.RunAsync(caller, patronId, "patron.blocked", reason,
            (change, patron) => patron.Block(reason, until, caller.UserId, change.Today, change.Now).Refusal,
            patron => $"{patron.Name} is blocked{(until is { } last ? $" until {LibraryZone.Say(last)}" : "")}.", cancellationToken);
}
