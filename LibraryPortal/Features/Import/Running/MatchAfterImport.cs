using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.Import.Running;

/// <summary>Copies that came with an import which no job has brought to its end still go to those who wait for them at once.</summary>
internal static class MatchAfterImport
{
    /// <summary>Adds the job that serves their readers to the context, where the import brought copies: in the transaction that writes its end, so that it is neither lost nor
    /// written twice.</summary>
    /// <param name="import">As it ended: done, or stopped on the way.</param>
    public static void MatchOnSave(this PortalDbContext database, IJobClient jobs, ImportBatch import)
    {
        if (import is { State: ImportState.Done or ImportState.Stopped, Counts.Copies: > 0 })
            database.EnqueueOnSave(jobs.Prepare(new MatchWaiting(), job => job.Serial(MatchCopiesJob.JobName)));
    }
}
