using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>Stops an export that is not ready. The row is cancelled at once; the job learns it through the outbox, even if no worker lives now.</summary>
internal sealed class CancelExport(IDbContextFactory<PortalDbContext> databases, OutboxSignal outbox, ILiveBoard board, TimeProvider time)
{
    /// <returns>The id of the cancelled export, or why it was not.</returns>
    public async Task<Outcome<Guid>> RunAsync(Caller caller, Guid exportId, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var export = await database.ReportExports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == exportId, cancellationToken);
        if (export is null || !caller.MaySee(export.OwnerId))
            return ExportRefusals.NotFound;

        var now = time.GetUtcNow();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var cancelled = await database.ReportExports
            .Where(row => row.Id == exportId && (row.State == ExportState.Queued || row.State == ExportState.Running))
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.State, ExportState.Cancelled).SetProperty(one => one.FinishedAt, now), cancellationToken);
        if (cancelled == 0)
            return new Refusal(RefusalKind.Conflict, "This export has already ended, so there is nothing to cancel.", "export-ended");
        database.CancelOnSave(new JobId(export.JobId), now);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Notify();
        board.Publish(new ExportChanged(export.OwnerId, exportId));
        return exportId;
    }
}
