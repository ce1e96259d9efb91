using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>Stops what a job does to an import. Rows that are written stay: the import can go on from there or be undone.</summary>
internal sealed class StopImport(IDbContextFactory<PortalDbContext> databases, IJobClient jobs, OutboxSignal outbox, ILiveBoard board, TimeProvider clock)
{
    public async Task<Outcome<int>> RunAsync(Caller caller, int importId, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var batch = await database.Imports.FirstOrDefaultAsync(import => import.Id == importId, cancellationToken);
        if (batch is null)
            return ImportRefusals.NotFound;
        if (!batch.IsActive)
            return new Refusal(RefusalKind.Conflict, "Nothing is at work on this import, so there is nothing to stop.", "import-state");
        batch.State = AfterStop(batch.State);
        batch.FinishedAt = batch.State == ImportState.Stopped ? clock.GetUtcNow() : batch.FinishedAt;
        batch.UndoneAt = batch.State == ImportState.UndoStopped ? clock.GetUtcNow() : batch.UndoneAt;
        if (batch.State != ImportState.Uploaded)
            database.RecordEnd(batch, await database.ActorAsync(caller.UserId, cancellationToken), clock.GetUtcNow());
        database.MatchOnSave(jobs, batch);
        if (batch.JobId is { } job)
            database.CancelOnSave(new JobId(job), clock.GetUtcNow());
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Notify();
        board.Publish(new ImportChanged(importId));
        return importId;
    }

    /// <summary>Where an import stands when its job ends before its work does.</summary>
    internal static ImportState AfterStop(ImportState state) => state switch
    {
        ImportState.Checking => ImportState.Uploaded,
        ImportState.Importing => ImportState.Stopped,
        ImportState.Undoing => ImportState.UndoStopped,
        ImportState.Uploaded or ImportState.Checked or ImportState.Stopped or ImportState.Done or ImportState.UndoStopped or ImportState.Undone => state,
    };
}
