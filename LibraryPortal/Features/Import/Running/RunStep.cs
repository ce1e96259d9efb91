using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Data.JobEffects;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Undo;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Running;

/// <summary>Does one step of an import for its job and records the end. A run that is no longer the import's does nothing.</summary>
internal sealed class RunStep(IDbContextFactory<PortalDbContext> databases, RunRows rows, UndoRows undo, MatchCopies match, ImportFiles files, ILiveBoard board, TimeProvider clock)
{
    public async Task RunAsync(int importId, ImportStep step, JobContext job)
    {
        await using var database = await databases.CreateDbContextAsync(job.CancellationToken);
        var batch = await database.Imports.AsNoTracking().FirstOrDefaultAsync(import => import.Id == importId, job.CancellationToken);
        if (batch is null || batch.JobId != job.Id.Value)
            return;
        switch (step)
        {
            case ImportStep.Check when batch.State == ImportState.Checking:
                await CheckAsync(database, batch, job);
                break;
            case ImportStep.Import when batch.State == ImportState.Importing:
                await ImportAsync(database, batch, job);
                break;
            case ImportStep.Undo when batch.State == ImportState.Undoing:
                await UndoAsync(database, batch, job);
                break;
            case ImportStep.Check or ImportStep.Import or ImportStep.Undo:
                break;
        }

        board.Publish(new ImportChanged(importId));
        if (step != ImportStep.Check)
            board.Publish(new CatalogChanged());
    }

    async Task CheckAsync(PortalDbContext database, ImportBatch batch, JobContext job)
    {
        var source = Source(batch);
        await job.ReportProgressAsync(0, 0, "Reading the file");
        var counted = await source.CountAsync(job.CancellationToken);
        if (!counted.IsAllowed)
        {
            await database.Imports.Where(import => import.Id == batch.Id && import.State == ImportState.Checking && import.JobId == batch.JobId)
                .ExecuteUpdateAsync(import => import.SetProperty(one => one.State, ImportState.Uploaded).SetProperty(one => one.Error, counted.Refusal.Message), job.CancellationToken);
            return;
        }

        var total = counted.Value;
        var part = files.Temporary();
        var counts = await rows.CheckAsync(batch, source, part, done => job.ReportProgressAsync(done, total, "Checking").AsTask(), job.CancellationToken);
        File.Move(part, files.Findings(batch.Id), overwrite: true);
        var current = await database.Imports.FirstOrDefaultAsync(import => import.Id == batch.Id && import.State == ImportState.Checking && import.JobId == batch.JobId, job.CancellationToken);
        if (current is null)
            return;
        (current.State, current.Rows, current.Counts) = (ImportState.Checked, total, counts);
        await database.SaveChangesAsync(job.CancellationToken);
    }

    async Task ImportAsync(PortalDbContext database, ImportBatch batch, JobContext job)
    {
        var total = batch.Rows ?? 0;
        await job.ReportProgressAsync(batch.RowsDone, total, "Importing");
        if (!await rows.ImportAsync(batch, Source(batch), files.Findings(batch.Id), done => job.ReportProgressAsync(done, total, "Importing").AsTask(), job.CancellationToken))
            return;
        // Before the end is written: a run that is killed in between comes again.
        if (batch.Kind != ImportKind.Patrons)
            await match.RunAsync(job.CancellationToken);
        await EndAsync(database, batch.Id, ImportState.Importing, job, (import, now) => (import.State, import.FinishedAt) = (ImportState.Done, now));
    }

    async Task UndoAsync(PortalDbContext database, ImportBatch batch, JobContext job)
    {
        await job.ReportProgressAsync(0, 0, "Undoing");
        if (!await undo.RunAsync(batch, (done, total) => job.ReportProgressAsync(done, total, "Undoing").AsTask(), job.CancellationToken))
            return;
        await EndAsync(database, batch.Id, ImportState.Undoing, job, (import, now) => (import.State, import.UndoneAt) = (ImportState.Undone, now));
    }

    // The audit only grows, so a run that comes again must not add to it.
    Task<bool> EndAsync(PortalDbContext database, int importId, ImportState from, JobContext job, Action<ImportBatch, DateTimeOffset> end)
    {
        var now = clock.GetUtcNow();
        return database.OncePerJobAsync(job, now, async () =>
        {
            var import = await database.Imports.FirstOrDefaultAsync(one => one.Id == importId && one.State == from, job.CancellationToken);
            if (import is null)
                return false;
            end(import, now);
            var actor = job.Owner is { } owner ? await database.ActorAsync(owner, job.CancellationToken) : AuditActor.Portal;
            database.RecordEnd(import, actor, now);
            return true;
        });
    }

    ImportSource Source(ImportBatch batch) => batch.StoredName is { } stored && File.Exists(files.PathOf(stored))
        ? new ImportSource(batch, files.PathOf(stored))
        : throw new JobFailedException("The uploaded file is no longer there.");
}
