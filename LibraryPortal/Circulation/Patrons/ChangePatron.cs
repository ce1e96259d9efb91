using LibraryPortal.Domain;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>What changes of a patron's profile share: only staff, a patron that exists, one transaction, an audit entry.</summary>
internal sealed class ChangePatron(ChangeLibrary library)
{
    /// <param name="action">For the audit: <c>patron.blocked</c>.</param>
    /// <param name="work">Changes the profile; null when it did, else why not.</param>
    /// <param name="message">What the librarian is told.</param>
    public async Task<Outcome<string>> RunAsync(
        Caller caller, string patronId, string action, string? reason, Func<LibraryChange, PatronProfile, Refusal?> work, Func<PatronProfile, string> message,
        CancellationToken cancellationToken)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        return await library.RunAsync<string>(caller, async change =>
        {
            var patron = await change.Database.Patrons.SingleOrDefaultAsync(patron => patron.UserId == patronId, cancellationToken);
            if (patron is null)
                return CirculationRefusals.NoPatron;
            if (work(change, patron) is { } wrong)
                return wrong;
            change.Did(action, patron, reason);
            return message(patron);
        }, cancellationToken);
    }
}
