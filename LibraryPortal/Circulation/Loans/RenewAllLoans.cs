using LibraryPortal.Data;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Loans;

/// <summary>Renews whatever can be renewed of a patron's loans, what is due first, each with an answer of its own.</summary>
internal sealed class RenewAllLoans(IDbContextFactory<PortalDbContext> databases, RenewLoan renew)
{
    /// <param name="patronId">Whose; null: the caller's. Only a librarian may name somebody else.</param>
    /// <returns>Empty when the patron has none, or is not the caller's to act for.</returns>
    public async Task<IReadOnlyList<RenewAnswer>> RunAsync(Caller caller, string? patronId = null, CancellationToken cancellationToken = default)
    {
        var owner = patronId ?? caller.UserId;
        if (!caller.MaySee(owner))
            return [];
        List<Guid> loans;
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            loans = await database.Loans.Where(loan => loan.PatronId == owner && loan.ReturnedAt == null)
                .OrderBy(loan => loan.DueAt).ThenBy(loan => loan.Id).Select(loan => loan.Id).ToListAsync(cancellationToken);
        }

        List<RenewAnswer> answers = [];
        foreach (var id in loans)
        {
            var outcome = await renew.RunAsync(caller, id, null, cancellationToken);
            answers.Add(new RenewAnswer(id, outcome.Value?.Message ?? outcome.Refusal!.Message, outcome.Refusal));
        }

        return answers;
    }
}
