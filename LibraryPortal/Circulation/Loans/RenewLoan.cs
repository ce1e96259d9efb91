using LibraryPortal.Circulation.Facts;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Rules;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Moves the due date of a loan: by its reader, or by a librarian, who may set the rules aside with a reason.</summary>
internal sealed class RenewLoan(ChangeLibrary library)
{
    public Task<Outcome<LoanAnswer>> RunAsync(Caller caller, Guid loanId, string? overrideReason = null, CancellationToken cancellationToken = default) =>
        library.RunAsync<LoanAnswer>(caller, async change =>
        {
            var found = await LoanWithCopy.FindAsync(change, loanId, cancellationToken);
            if (found is null || change.ActorFor(found.Loan.PatronId) == RuleActor.Stranger)
                return CirculationRefusals.NoLoan;
            var (loan, copy, _, name) = found;
            if (await LoadPatron.RunAsync(change, loan.PatronId, cancellationToken) is not { } patron)
                return CirculationRefusals.NoPatron;
            var title = await LoadTitle.RunAsync(change.Database, copy.TitleId, loan.PatronId, change.Now, cancellationToken) ?? throw new InvalidOperationException($"The title of {copy.Barcode} is gone.");
            var ruling = change.Rules.Renew(patron, LoadLoan.Of(loan, name), title, change.Now);
            if (Overrides.Refusal(ruling, change.ListenerFor(loan.PatronId), overrideReason) is { } refusal)
                return refusal;
            loan.Renew(change.Calendar.DueAt(change.Now, patron.Policy.LoanDays));
            change.Did("loan.renewed", loan, name, ruling.IsAllowed ? null : overrideReason);
            var due = change.Zone.Say(loan.DueAt);
            if (change.ActorFor(loan.PatronId) == RuleActor.Librarian)
                change.Tell(loan, "renewed", $"“{name}” is yours until {due}: the library renewed it.");
            return new LoanAnswer(loan.Id, name, copy.Barcode, loan.DueAt, $"“{name}” is renewed until {due}.");
        }, cancellationToken);
}
