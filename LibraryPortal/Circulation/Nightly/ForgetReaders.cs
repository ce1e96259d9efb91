using LibraryPortal.Data;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>
/// Loans and requests lose their reader's name some days after they ended, unless the reader keeps the history; the notices and mails
/// about them are deleted, and their audit entries lose it too. What was lent, when and how late stays for the statistics.
/// </summary>
internal sealed class ForgetReaders(IDbContextFactory<PortalDbContext> databases, TimeProvider clock) : INightlyStep
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
    public async Task<int> RunAsync(DateTimeOffset before, string? patronId, CancellationToken cancellationToken)
    {
        var total = 0;
        while (await ForgetBatchAsync(before, patronId, cancellationToken) is var count and > 0)
            total += count;
        return total;
    }

    /// <summary>One loan of this reader, and the request it filled.</summary>
    /// <returns>Null: no such loan; false: it may still be undone.</returns>
    public async Task<bool?> ForgetLoanAsync(string patronId, Guid loanId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var now = clock.GetUtcNow();
        var loan = await database.Loans.SingleOrDefaultAsync(loan => loan.Id == loanId && loan.PatronId == patronId && loan.ReturnedAt != null, cancellationToken);
        if (loan is null)
            return null;
        if (loan.ReturnedAt > now - UndoTime)
            return false;
        await ForgetTracesAsync(database, AuditSubject.Loan, loan.Id, patronId, cancellationToken);
        loan.Forget(now);
        var request = await database.Requests.SingleOrDefaultAsync(request => request.Id == loan.RequestId && request.PatronId == patronId, cancellationToken);
        if (request is not null)
        {
            await ForgetTracesAsync(database, AuditSubject.Request, request.Id, patronId, cancellationToken);
            request.Forget(now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    async Task<int> ForgetBatchAsync(DateTimeOffset before, string? patronId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var now = clock.GetUtcNow();
        var keepers = database.Patrons.Where(patron => patron.KeepsHistory).Select(patron => patron.UserId);
        var loans = await database.Loans
            .Where(loan => loan.PatronId != null && loan.ReturnedAt < before && (patronId == null ? !keepers.Contains(loan.PatronId) : loan.PatronId == patronId))
            .OrderBy(loan => loan.ReturnedAt).Take(Size).ToListAsync(cancellationToken);
        var requests = await database.Requests
            .Where(request => request.PatronId != null && request.ClosedAt < before && !RequestStates.Active.Contains(request.State)
                && (patronId == null ? !keepers.Contains(request.PatronId) : request.PatronId == patronId))
            .OrderBy(request => request.ClosedAt).Take(Size).ToListAsync(cancellationToken);
        foreach (var loan in loans)
        {
            await ForgetTracesAsync(database, AuditSubject.Loan, loan.Id, loan.PatronId!, cancellationToken);
            loan.Forget(now);
        }

        foreach (var request in requests)
        {
            await ForgetTracesAsync(database, AuditSubject.Request, request.Id, request.PatronId!, cancellationToken);
            request.Forget(now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return loans.Count + requests.Count;
    }

    static async Task ForgetTracesAsync(PortalDbContext database, AuditSubject kind, Guid id, string patronId, CancellationToken cancellationToken)
    {
        var key = id.ToString();
        await database.Audit.Where(entry => entry.SubjectKind == kind && entry.SubjectId == key && entry.ActorId == patronId).ExecuteUpdateAsync(
            entry => entry.SetProperty(row => row.ActorId, (string?)null).SetProperty(row => row.ActorName, Forgotten), cancellationToken);
        var occasion = $"{(kind == AuditSubject.Loan ? "loan" : "request")}:{key}";
        var occasions = $"{occasion}:%";
        await database.Notices.Where(notice => notice.UserId == patronId && EF.Functions.Like(notice.Occasion, occasions)).ExecuteDeleteAsync(cancellationToken);
        await database.Mail.Where(mail => mail.UserId == patronId && mail.Occasion == occasion).ExecuteDeleteAsync(cancellationToken);
    }
}
