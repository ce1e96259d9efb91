using LibraryPortal.Circulation.Opening;
using LibraryPortal.Data;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>
/// Loans and requests lose their reader's name some days after they ended, unless the reader keeps the history; the notices and mails
/// about them are deleted, and their audit entries lose it too. What was lent, when and how late stays for the statistics.
/// </summary>
internal sealed class ForgetReaders(IDbContextFactory<PortalDbContext> databases, TimeProvider clock, ILogger<ForgetReaders> logger) : INightlyStep
{
    /// <summary>What ended less than an hour ago keeps its name whatever the setting, because it may still be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromHours(1);

    const int Size = 200;
    const string Forgotten = "A reader";

    public string Name => "Forgetting past readers";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var days = await database.Settings.Select(settings => settings.HistoryDays).SingleAsync(cancellationToken);
        var byDays = now.AddDays(-days);
        return await RunAsync(byDays < now - UndoTime ? byDays : now - UndoTime, null, cancellationToken);
    }

    /// <param name="before">What ended before this loses its name.</param>
    /// <param name="patronId">Of this reader only, whatever they chose; null: of all who do not keep their history.</param>
    /// <exception cref="InvalidOperationException">Some rows could not be changed; all others were.</exception>
    public async Task<int> RunAsync(DateTimeOffset before, string? patronId, CancellationToken cancellationToken)
    {
        var failed = new FailedRows(logger);
        var total = await EachAsync(
            last => ReadAsync(database => Loans(database, before, patronId).Where(loan => loan.Id > last).OrderBy(loan => loan.Id).Select(loan => loan.Id), cancellationToken),
            id => failed.TryAsync($"Loan {id}", () => ForgetAsync(database => ForgetLoanAsync(database, Loans(database, before, patronId), id, cancellationToken), cancellationToken), cancellationToken));
        total += await EachAsync(
            last => ReadAsync(database => Requests(database, before, patronId).Where(request => request.Id > last).OrderBy(request => request.Id).Select(request => request.Id), cancellationToken),
            id => failed.TryAsync($"Request {id}", () => ForgetAsync(database => ForgetRequestAsync(database, Requests(database, before, patronId), id, cancellationToken), cancellationToken), cancellationToken));
        await ForgetOldMailsAsync(before, patronId, cancellationToken);
        failed.ThrowIfAny();
        return total;
    }

    /// <summary>One loan of this reader, and the request it filled.</summary>
    /// <returns>Null: no such loan; false: it may still be undone.</returns>
    public async Task<bool?> ForgetLoanAsync(string patronId, Guid loanId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            var loan = await database.Loans.AsNoTracking().SingleOrDefaultAsync(loan => loan.Id == loanId && loan.PatronId == patronId && loan.ReturnedAt != null, cancellationToken);
            if (loan is null)
                return null;
            if (loan.ReturnedAt > now - UndoTime)
                return false;
        }

        return await ForgetAsync(async database =>
        {
            var own = database.Loans.Where(loan => loan.PatronId == patronId && loan.ReturnedAt != null);
            var request = await own.Where(loan => loan.Id == loanId).Select(loan => loan.RequestId).SingleOrDefaultAsync(cancellationToken);
            if (!await ForgetLoanAsync(database, own, loanId, cancellationToken))
                return false;
            if (request is { } id)
                await ForgetRequestAsync(database, database.Requests.Where(row => row.PatronId == patronId), id, cancellationToken);
            return true;
        }, cancellationToken) ? true : null;
    }

    async Task<List<Guid>> ReadAsync(Func<PortalDbContext, IQueryable<Guid>> ids, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await ids(database).Take(Size).ToListAsync(cancellationToken);
    }

    static async Task<int> EachAsync(Func<Guid, Task<List<Guid>>> next, Func<Guid, Task<bool>> forget)
    {
        var (total, last) = (0, Guid.Empty);
        while (await next(last) is { Count: > 0 } batch)
        {
            foreach (var id in batch)
                total += await forget(id) ? 1 : 0;
            last = batch[^1];
        }

        return total;
    }

    static IQueryable<Loan> Loans(PortalDbContext database, DateTimeOffset before, string? patronId)
    {
        var keepers = Keepers(database);
        return database.Loans.Where(loan => loan.PatronId != null && loan.ReturnedAt < before && (patronId == null ? !keepers.Contains(loan.PatronId) : loan.PatronId == patronId));
    }

    static IQueryable<BookRequest> Requests(PortalDbContext database, DateTimeOffset before, string? patronId)
    {
        var keepers = Keepers(database);
        return database.Requests.Where(request => request.PatronId != null && request.ClosedAt < before && !RequestStates.Active.Contains(request.State)
            && (patronId == null ? !keepers.Contains(request.PatronId) : request.PatronId == patronId));
    }

    static IQueryable<string> Keepers(PortalDbContext database) => database.Patrons.Where(patron => patron.KeepsHistory).Select(patron => patron.UserId);

    // Each row in a transaction of its own, so that a bad one holds no other up.
    async Task<bool> ForgetAsync(Func<PortalDbContext, Task<bool>> work, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        if (!await work(database))
            return false;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    async Task<bool> ForgetLoanAsync(PortalDbContext database, IQueryable<Loan> among, Guid id, CancellationToken cancellationToken)
    {
        if (await among.SingleOrDefaultAsync(loan => loan.Id == id, cancellationToken) is not { } loan)
            return false;
        await ForgetTracesAsync(database, AuditSubject.Loan, id, loan.PatronId!, cancellationToken);
        loan.Forget(clock.GetUtcNow());
        return true;
    }

    async Task<bool> ForgetRequestAsync(PortalDbContext database, IQueryable<BookRequest> among, Guid id, CancellationToken cancellationToken)
    {
        if (await among.SingleOrDefaultAsync(request => request.Id == id, cancellationToken) is not { } request)
            return false;
        await ForgetTracesAsync(database, AuditSubject.Request, id, request.PatronId!, cancellationToken);
        request.Forget(clock.GetUtcNow());
        return true;
    }

    // Mails written by an earlier version name a book and do not know which request they are about.
    async Task ForgetOldMailsAsync(DateTimeOffset before, string? patronId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var keepers = Keepers(database);
        await database.Mail.Where(mail => mail.Occasion == null && mail.Kind.StartsWith("request.") && mail.CreatedAt < before
            && (patronId == null ? !keepers.Contains(mail.UserId!) : mail.UserId == patronId)).ExecuteDeleteAsync(cancellationToken);
    }

    // A mail about the dates of several books names this one too; one of the last hour may still be on its way, and is about what goes on.
    async Task ForgetTracesAsync(PortalDbContext database, AuditSubject kind, Guid id, string patronId, CancellationToken cancellationToken)
    {
        var (key, lately) = (id.ToString(), clock.GetUtcNow() - UndoTime);
        await database.Audit.Where(entry => entry.SubjectKind == kind && entry.SubjectId == key && entry.ActorId == patronId).ExecuteUpdateAsync(
            entry => entry.SetProperty(row => row.ActorId, (string?)null).SetProperty(row => row.ActorName, Forgotten), cancellationToken);
        var occasion = $"{(kind == AuditSubject.Loan ? "loan" : "request")}:{key}";
        var occasions = $"{occasion}:%";
        await database.Notices.Where(notice => notice.UserId == patronId && EF.Functions.Like(notice.Occasion, occasions)).ExecuteDeleteAsync(cancellationToken);
        await database.Mail.Where(mail => mail.UserId == patronId && (mail.Occasion == occasion || (mail.Kind == WriteMovedDates.Kind && mail.CreatedAt < lately))).ExecuteDeleteAsync(cancellationToken);
    }
}
