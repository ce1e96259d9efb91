using LibraryPortal.Data;
using LibraryPortal.Data.Audit;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Running;
using LibraryPortal.Features.Import.Mapping;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>Begins the check, the import or the undo of a file: the state and the job in one transaction.</summary>
internal sealed class StartImport(IDbContextFactory<PortalDbContext> databases, IJobClient jobs, OutboxSignal outbox, ILiveBoard board, TimeProvider clock)
{
    /// <returns>The job, or why it cannot begin now.</returns>
    public async Task<Outcome<JobId>> RunAsync(Caller caller, int importId, ImportStep step, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var batch = await database.Imports.FirstOrDefaultAsync(import => import.Id == importId, cancellationToken);
        if (batch is null)
            return ImportRefusals.NotFound;
        if (Refuse(batch, step) is { } why)
            return why;
        Begin(batch, step);
        var id = JobId.New(clock);
        batch.JobId = id.Value;
        if (step == ImportStep.Import)
            database.RecordStart(batch, await database.ActorAsync(caller.UserId, cancellationToken), clock.GetUtcNow());
        batch.Error = null;
        database.EnqueueOnSave(jobs.Prepare(new RunImport(importId, step), job => job.Id(id).Owner(caller.UserId)));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Notify();
        board.Publish(new ImportChanged(importId));
        return id;
    }

    void Begin(ImportBatch batch, ImportStep step)
    {
        switch (step)
        {
            case ImportStep.Check:
                (batch.State, batch.Counts, batch.Rows) = (ImportState.Checking, ImportCounts.None, null);
                break;
            case ImportStep.Import when batch.State == ImportState.Stopped:
                batch.State = ImportState.Importing;
                break;
            case ImportStep.Import:
                (batch.State, batch.Counts, batch.RowsDone, batch.FindingsLength, batch.StartedAt) = (ImportState.Importing, ImportCounts.None, 0, 0, clock.GetUtcNow());
                break;
            case ImportStep.Undo:
                (batch.State, batch.Counts) = (ImportState.Undoing, batch.Counts with { Kept = 0 });
                break;
        }
    }

    static Refusal? Refuse(ImportBatch batch, ImportStep step)
    {
        if (batch.IsActive)
            return new Refusal(RefusalKind.Conflict, "A job is at work on this import already.", "import-active");
        if (step != ImportStep.Undo && batch.StoredName is null)
            return new Refusal(RefusalKind.Gone, "The file is no longer kept. Upload it again.", "import-file-gone");
        return step switch
        {
            ImportStep.Check => batch.State is not (ImportState.Uploaded or ImportState.Checked) ? Wrong("The file was imported already.")
                : batch.Format == ImportFormat.Csv ? ImportFields.Check(batch.Kind, batch.Mapping) : null,
            ImportStep.Import => batch.State is ImportState.Checked or ImportState.Stopped ? null : Wrong("Check the file first; what importing it would do must be known."),
            ImportStep.Undo => batch.State is ImportState.Done or ImportState.Stopped or ImportState.UndoStopped or ImportState.Undone ? null : Wrong("Nothing was imported, so there is nothing to undo."),
        };
    }

    static Refusal Wrong(string sentence) => new(RefusalKind.Conflict, sentence, "import-state");
}
