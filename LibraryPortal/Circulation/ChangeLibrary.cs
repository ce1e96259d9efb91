using System.Data;
using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Patrons;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation;

/// <summary>
/// Runs every change of requests, loans and copies: one transaction that holds the write lock from its first read and is repeated when it lost a
/// race; all or nothing; open pages are told after the commit.
/// </summary>
internal sealed class ChangeLibrary(
    IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar, PatronLetters letters, OutboxSignal outbox, ILiveBoard board, TimeProvider clock)
{
    const int Attempts = 4;

    /// <param name="caller">Who makes the change; null for the portal itself.</param>
    /// <param name="work">Loads, asks the rules and changes. It may run again on a fresh context, so it must touch nothing else.</param>
    public async Task<Outcome<T>> RunAsync<T>(Caller? caller, Func<LibraryChange, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(caller, work, cancellationToken);
            }
            catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || error.IsUniqueViolation())
            {
                if (attempt == Attempts)
                    return CirculationRefusals.ChangedMeanwhile;
            }
        }
    }

    async Task<Outcome<T>> TryAsync<T>(Caller? caller, Func<LibraryChange, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var hints = new HashSet<LiveChange>();
        database.SavingChanges += (_, _) => hints.UnionWith(Hints(database));
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var today = await calendar.ReadAsync(database, cancellationToken);
        var change = new LibraryChange(database, caller, await ActorAsync(database, caller, cancellationToken), today, clock.GetUtcNow());
        var outcome = await work(change);
        if (!outcome.IsAllowed)
            return outcome;
        await letters.AddAsync(database, change.Letters, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (change.Letters.Count > 0)
            outbox.Notify();
        foreach (var hint in hints)
            board.Publish(hint);
        return outcome;
    }

    static async Task<AuditActor> ActorAsync(PortalDbContext database, Caller? caller, CancellationToken cancellationToken)
    {
        if (caller is null)
            return AuditActor.Portal;
        var name = await database.Patrons.Where(patron => patron.UserId == caller.UserId).Select(patron => patron.Name).FirstOrDefaultAsync(cancellationToken);
        return new AuditActor(caller.UserId, name ?? "An unknown account");
    }

    static IEnumerable<LiveChange> Hints(PortalDbContext database) => Hinted(database).Concat(Queues(database)).Concat(DueDates(database));

    // How many wait for a title, and as which number, is everybody's to see.
    static IEnumerable<CatalogChanged> Queues(PortalDbContext database) =>
        from entry in database.ChangeTracker.Entries<BookRequest>()
        let title = entry.Property(request => request.TitleId)
        where entry.State == EntityState.Added || entry.State == EntityState.Modified
            && (entry.Property(request => request.State).IsModified || entry.Property(request => request.ExpiresAt).IsModified || title.IsModified)
        from id in (int?[])[title.OriginalValue, title.CurrentValue]
        where id is not null
        select new CatalogChanged(id);

    // When a copy is expected back is, too. Where the change did not load the copy, its title is not known: then all are meant.
    static IEnumerable<CatalogChanged> DueDates(PortalDbContext database)
    {
        var titles = database.ChangeTracker.Entries<Copy>().ToDictionary(entry => entry.Entity.Id, entry => (int?)entry.Entity.TitleId);
        return
            from entry in database.ChangeTracker.Entries<Loan>()
            where entry.State == EntityState.Added || entry.State == EntityState.Modified
                && (entry.Property(loan => loan.DueAt).IsModified || entry.Property(loan => loan.ReturnedAt).IsModified || entry.Property(loan => loan.LostAt).IsModified)
            select new CatalogChanged(titles.GetValueOrDefault(entry.Entity.CopyId));
    }

    static IEnumerable<LiveChange> Hinted(PortalDbContext database) =>
        from entry in database.ChangeTracker.Entries()
        where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        let hint = (LiveChange?)(entry.Entity switch
        {
            BookRequest request => new RequestsChanged(request.PatronId),
            Loan loan => new RequestsChanged(loan.PatronId),
            PatronProfile patron => new RequestsChanged(patron.UserId),
            Notice notice => new NoticeAdded(notice.UserId, notice.Id),
            Copy copy => new CatalogChanged(copy.TitleId),
            _ => null,
        })
        where hint is not null
        select hint;
}
