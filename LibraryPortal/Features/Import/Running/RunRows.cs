using LibraryPortal.Data;
using LibraryPortal.Data.Bulk;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;
using LibraryPortal.Features.Import.Patrons;
using LibraryPortal.Features.Import.Reading;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Running;

/// <summary>Takes the rows of a file in batches: to see what they would do, or to do it. Memory does not grow with the file.</summary>
internal sealed class RunRows(IDbContextFactory<PortalDbContext> databases, ImportFiles files, TimeProvider clock, PatronInvitation? invitation = null)
{
    /// <summary>Rows per transaction: large enough to be fast, small enough that readers and requests in between hardly wait.</summary>
    public const int Batch = 500;

    /// <summary>The same once a file has shown that it is a long one: what many rows touch is written once for all of them.</summary>
    const int LargeBatch = 4_000;

    /// <summary>From this row on a file is a long one.</summary>
    const int LongFile = 10_000;

    /// <summary>Reads all rows as an import would and changes nothing.</summary>
    /// <param name="findings">Where findings go; begun anew.</param>
    /// <param name="progress">Told rows done after each batch.</param>
    public async Task<ImportCounts> CheckAsync(ImportBatch batch, ImportSource source, string findings, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        await using var seen = await SeenRows.CreateAsync(files.Memory(), cancellationToken);
        await using var writer = new FindingWriter(findings, 0);
        var target = ImportTargets.For(batch, seen, null, clock.GetUtcNow());
        var tally = new ImportTally(ImportCounts.None);
        var done = 0;
        await foreach (var rows in AheadAsync(BatchesAsync(source, 0, cancellationToken)))
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await target.TakeAsync(database, rows, tally, cancellationToken);
            await writer.WriteAsync(tally.Findings, cancellationToken);
            tally.Clear();
            await progress(done += rows.Count);
        }

        return tally.Counts;
    }

    /// <summary>Writes the rows, going on where the last run of this import ended. What a batch of rows did and how far the import is are saved together, so a kill at any
    /// moment loses and repeats nothing.</summary>
    /// <returns>False: somebody stopped the import, or another run goes on with it.</returns>
    public async Task<bool> ImportAsync(ImportBatch batch, ImportSource source, string findings, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        await using var writer = new FindingWriter(findings, batch.FindingsLength);
        var target = ImportTargets.For(batch, null, invitation, batch.StartedAt ?? clock.GetUtcNow());
        var tally = new ImportTally(batch.Counts);
        var done = batch.RowsDone;
        await foreach (var rows in AheadAsync(BatchesAsync(source, done, cancellationToken)))
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            database.ChangeTracker.AutoDetectChangesEnabled = false;
            // A savepoint would make SQLite remember every page of the batch a second time, and look through what it remembers at each row.
            database.Database.AutoSavepointsEnabled = false;
            // What is held is read inside the write transaction, so two imports at once cannot both add a book.
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            await database.WidenCacheAsync(cancellationToken);
            await target.TakeAsync(database, rows, tally, cancellationToken);
            database.ChangeTracker.DetectChanges();
            database.InsertAddedCopies();
            await database.SaveChangesAsync(cancellationToken);
            await writer.WriteAsync(tally.Findings, cancellationToken);
            tally.Clear();
            if (!await AdvanceAsync(database, batch.Id, done, done + rows.Count, writer.Length, tally.Counts, cancellationToken))
                return false;
            await transaction.CommitAsync(cancellationToken);
            await progress(done += rows.Count);
        }

        return true;
    }

    // The batch of rows counts only if the import is still where this run found it.
    async Task<bool> AdvanceAsync(PortalDbContext database, int importId, int from, int to, long findingsLength, ImportCounts counts, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await database.Imports.Where(import => import.Id == importId && import.State == ImportState.Importing && import.RowsDone == from)
            .ExecuteUpdateAsync(import => import
                .SetProperty(one => one.AliveAt, one => one.JobId == null ? now : null)
                .SetProperty(one => one.RowsDone, to)
                .SetProperty(one => one.FindingsLength, findingsLength)
                .SetProperty(one => one.Counts.Added, counts.Added)
                .SetProperty(one => one.Counts.Completed, counts.Completed)
                .SetProperty(one => one.Counts.Unchanged, counts.Unchanged)
                .SetProperty(one => one.Counts.Merged, counts.Merged)
                .SetProperty(one => one.Counts.Repaired, counts.Repaired)
                .SetProperty(one => one.Counts.Refused, counts.Refused)
                .SetProperty(one => one.Counts.Copies, counts.Copies), cancellationToken) == 1;
    }

    /// <summary>Reads the next batch of rows while the one before is worked on.</summary>
    static async IAsyncEnumerable<List<SourceRow>> AheadAsync(IAsyncEnumerable<List<SourceRow>> batches)
    {
        await using var reading = batches.GetAsyncEnumerator();
        Task<bool> Next() => Task.Run(() => reading.MoveNextAsync().AsTask());
        var next = Next();
        try
        {
            while (await next)
            {
                var rows = reading.Current;
                next = Next();
                yield return rows;
            }
        }
        finally
        {
            // Whoever stops early leaves a batch that is still being read.
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    static async IAsyncEnumerable<List<SourceRow>> BatchesAsync(
        ImportSource source, int skip, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<SourceRow> rows = new(Batch);
        var at = 0;
        await foreach (var row in source.ReadAsync(cancellationToken))
        {
            if (at++ < skip)
                continue;
            rows.Add(row);
            if (rows.Count < (at <= LongFile ? Batch : LargeBatch))
                continue;
            yield return rows;
            rows = new(rows.Count);
        }

        if (rows.Count > 0)
            yield return rows;
    }
}
