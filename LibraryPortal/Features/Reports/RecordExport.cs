using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Notices;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Features.Reports;

/// <summary>Writes what became of an export. Each outcome is one transaction that only the first of several rivals wins: the row, the notice and the mail
/// are written together, and once.</summary>
internal sealed class RecordExport(
    IDbContextFactory<PortalDbContext> databases, ExportMail mail, OutboxSignal outbox, ILiveBoard board, IOptions<ReportsOptions> options, TimeProvider time)
{
    /// <summary>A worker begins. A failed export may begin again, because an admin may run its job again.</summary>
    /// <returns>The export: running, or ready when an earlier run had finished it.</returns>
    /// <exception cref="JobFailedException">There is nothing to do any more.</exception>
    public async Task<ReportExport> BeginAsync(Guid exportId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        try
        {
            await database.ReportExports
                .Where(row => row.Id == exportId && (row.State == ExportState.Queued || row.State == ExportState.Running || row.State == ExportState.Failed))
                .ExecuteUpdateAsync(
                    row => row.SetProperty(one => one.State, ExportState.Running)
                        .SetProperty(one => one.StartedAt, now)
                        .SetProperty(one => one.FinishedAt, (DateTimeOffset?)null)
                        .SetProperty(one => one.Error, (string?)null),
                    cancellationToken);
        }
        catch (Exception error) when (error.IsUniqueViolation())
        {
            throw new JobFailedException("The same report is already waiting or running as another export.", error);
        }

        var export = await database.ReportExports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == exportId, cancellationToken)
            ?? throw new JobFailedException("There is no such export any more.");
        if (export.State is not (ExportState.Running or ExportState.Ready))
            throw new JobFailedException($"The export is {export.State}. Its reader can run it again from My exports.");
        board.Publish(new ExportChanged(export.OwnerId, exportId));
        return export;
    }

    /// <summary>A run has written its file.</summary>
    /// <returns>The export as it is now: with this file if this run was the first, else with what had been recorded before.</returns>
    public async Task<ReportExport> ReadyAsync(Guid exportId, ReportReceipt file, string fileName, long rows, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var expires = now + options.Value.KeepFor;
        // Written to the context before the transaction, which must not wait for a template; saved only by the run that wins.
        await mail.AddAsync(database, exportId, fileName, rows, expires, cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var won = await database.ReportExports.Where(row => row.Id == exportId && row.State == ExportState.Running).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.State, ExportState.Ready)
                .SetProperty(one => one.FinishedAt, now)
                .SetProperty(one => one.AsOf, asOf)
                .SetProperty(one => one.ExpiresAt, expires)
                .SetProperty(one => one.Rows, rows)
                .SetProperty(one => one.Size, file.Size)
                .SetProperty(one => one.Sha256, file.Sha256)
                .SetProperty(one => one.StoredName, file.StoredName)
                .SetProperty(one => one.FileName, fileName),
            cancellationToken);
        var export = await database.ReportExports.AsNoTracking().FirstAsync(row => row.Id == exportId, cancellationToken);
        if (won == 1)
        {
            var text = $"Your report of {ExportWords.Requests(rows)} is ready.";
            await CommitWithNoticeAsync(database, transaction, export, NoticeKind.ReportReady, text, $"/exports/{exportId}/file", $"/api/exports/{exportId}/file", cancellationToken);
        }

        return export;
    }

    /// <summary>No run will finish it any more.</summary>
    /// <param name="sentence">Why, in words for its owner.</param>
    public Task FailedAsync(Guid exportId, string sentence, CancellationToken cancellationToken) =>
        EndAsync(exportId, ExportState.Failed, sentence, $"Your report could not be made. {sentence}", cancellationToken);

    /// <summary>Its job was cancelled by someone of the staff; an owner who cancels has done both at once.</summary>
    public Task CancelledAsync(Guid exportId, CancellationToken cancellationToken) =>
        EndAsync(exportId, ExportState.Cancelled, null, "Your report was cancelled by the library. You can run it again.", cancellationToken);

    async Task EndAsync(Guid exportId, ExportState state, string? error, string text, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var won = await database.ReportExports
            .Where(row => row.Id == exportId && (row.State == ExportState.Queued || row.State == ExportState.Running))
            .ExecuteUpdateAsync(
                row => row.SetProperty(one => one.State, state).SetProperty(one => one.FinishedAt, now).SetProperty(one => one.Error, error),
                cancellationToken);
        if (won == 0)
            return;
        var export = await database.ReportExports.AsNoTracking().FirstAsync(row => row.Id == exportId, cancellationToken);
        await CommitWithNoticeAsync(database, transaction, export, NoticeKind.ReportFailed, text, "/me/exports", null, cancellationToken);
    }

    async Task CommitWithNoticeAsync(
        PortalDbContext database, IDbContextTransaction transaction, ReportExport export, NoticeKind kind, string text, string link, string? apiLink,
        CancellationToken cancellationToken)
    {
        var notice = new Notice
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserId = export.OwnerId,
            Kind = kind,
            // A failed export that an admin runs again may end once more, and that is news.
            Occasion = $"export:{export.Id:N}:{export.State}:{export.FinishedAt:O}",
            Text = text,
            Link = link,
            ApiLink = apiLink,
            CreatedAt = time.GetUtcNow(),
        };
        database.Notices.Add(notice);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Notify();
        board.Publish(new ExportChanged(export.OwnerId, export.Id));
        board.Publish(new NoticeAdded(export.OwnerId, notice.Id));
    }
}
