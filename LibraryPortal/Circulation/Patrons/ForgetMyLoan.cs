using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Domain;
using LibraryPortal.Identity;

namespace LibraryPortal.Circulation.Patrons;

/// <summary>A reader has one past loan forgotten now; with it goes the request it filled. What ended within the hour stays, because it may still be undone.</summary>
internal sealed class ForgetMyLoan(ForgetReaders forget)
{
    /// <returns>True when it was forgotten.</returns>
    public async Task<Outcome<bool>> RunAsync(Caller caller, Guid loanId, CancellationToken cancellationToken = default) =>
        await forget.ForgetLoanAsync(caller.UserId, loanId, cancellationToken) switch
        {
            true => true,
            false => new Refusal(RefusalKind.Conflict, "This return may still be undone for a while. Delete it in an hour.", "too-recent"),
            null => CirculationRefusals.NoLoan,
        };
}
