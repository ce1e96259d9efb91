using LibraryPortal.Data;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Running;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Undo;

/// <summary>Takes out again what an import brought, in batches, and says what is in use and stays. Run again it goes on with what is left.</summary>
internal sealed class UndoRows(IDbContextFactory<PortalDbContext> databases, ImportFiles files, IEnumerable<IUndoPart> parts)
{
    /// <param name="progress">Told what is done of how much.</param>
    /// <returns>False: somebody stopped the undo, or another run goes on with it.</returns>
    public async Task<bool> RunAsync(ImportBatch batch, Func<int, int, Task> progress, CancellationToken cancellationToken)
    {
        await using var writer = new FindingWriter(files.Kept(batch.Id), 0);
        var tally = new ImportTally(batch.Counts with { Kept = 0 });
        var total = batch.Counts.Added + batch.Counts.Completed;
        var (done, recorded) = (0, batch.Counts);
        foreach (var part in parts)
        {
            var kept = 0;
            while (true)
            {
                await using var database = await databases.CreateDbContextAsync(cancellationToken);
                await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
                var step = await part.RunAsync(database, batch.Id, kept, RunRows.Batch, tally.Findings, cancellationToken);
                if (step.Removed + step.Kept == 0)
                    break;
                kept += step.Kept;
                tally.Removed(step.Removed);
                tally.Kept(step.Kept);
                await database.SaveChangesAsync(cancellationToken);
                if (!await RecordAsync(database, batch.Id, recorded, tally.Counts, cancellationToken))
                    return false;
                await transaction.CommitAsync(cancellationToken);
                recorded = tally.Counts;
                await writer.WriteAsync(tally.Findings, cancellationToken);
                tally.Clear();
                done += step.Removed + step.Kept;
                await progress(done, Math.Max(done, total));
            }
        }

        return true;
    }

    // What was taken out counts only if the undo is still where this run left it.
    static async Task<bool> RecordAsync(PortalDbContext database, int importId, ImportCounts from, ImportCounts to, CancellationToken cancellationToken) =>
        await database.Imports
            .Where(import => import.Id == importId && import.State == ImportState.Undoing && import.Counts.Removed == from.Removed && import.Counts.Kept == from.Kept)
            .ExecuteUpdateAsync(import => import.SetProperty(one => one.Counts.Removed, to.Removed).SetProperty(one => one.Counts.Kept, to.Kept), cancellationToken) == 1;
}
