using System.Data;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Requests;

/// <summary>
/// Runs every change of requests, copies and loans: one transaction that sees nothing of others and is repeated when it lost a race; all or
/// nothing; open pages are told after the commit.
/// </summary>
internal sealed class ChangeRequests(IDbContextFactory<PortalDbContext> databases, ILiveBoard board, LendingTerms terms, TimeProvider clock)
{
    const int Attempts = 4;

    /// <param name="work">Loads, asks the domain and changes. It may run again on a fresh context, so it must touch nothing else.</param>
    public async Task<Outcome<T>> RunAsync<T>(Func<RequestChange, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(work, cancellationToken);
            }
            catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || error.IsUniqueViolation())
            {
                if (attempt == Attempts)
                {
                    return new Refusal(RefusalKind.Conflict,
                        "Someone else changed this at the same moment. Look again, and repeat it if it is still needed.", "changed-meanwhile");
                }
            }
        }
    }

    async Task<Outcome<T>> TryAsync<T>(Func<RequestChange, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var hints = new HashSet<LiveChange>();
        database.SavingChanges += (_, _) => hints.UnionWith(Hints(database));
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var outcome = await work(new RequestChange(database, terms, clock.GetUtcNow()));
        if (!outcome.IsAllowed)
            return outcome;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        foreach (var hint in hints)
            board.Publish(hint);
        return outcome;
    }

    static IEnumerable<LiveChange> Hints(PortalDbContext database) =>
        from entry in database.ChangeTracker.Entries()
        where entry.State is EntityState.Added or EntityState.Modified
        let hint = (LiveChange?)(entry.Entity switch
        {
            BookRequest request => new RequestsChanged(request.PatronId),
            Notice notice => new NoticeAdded(notice.UserId, notice.Id),
            Copy => new CatalogChanged(),
            _ => null,
        })
        where hint is not null
        select hint;
}
