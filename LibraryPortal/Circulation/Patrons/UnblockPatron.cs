using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>Lifts a librarian's block. What overdue books stop, only their return lifts.</summary>
internal sealed class UnblockPatron(ChangePatron patrons)
{
    public Task<Outcome<string>> RunAsync(Caller caller, string patronId, CancellationToken cancellationToken = default) =>
        patrons.RunAsync(caller, patronId, "patron.unblocked", null, (_, patron) => patron.Unblock().Refusal, patron => $"{patron.Name} is no longer blocked.", cancellationToken);
}
