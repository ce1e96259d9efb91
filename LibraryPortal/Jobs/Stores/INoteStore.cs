using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What runs leave behind on their way: a cursor and log lines, fenced as outcomes are.</summary>
public interface INoteStore
{
    /// <summary>Keeps where the job's next run is to go on, in place of what was kept before. Gone once the job has ended.</summary>
    /// <returns>False when the claim is no longer this worker's.</returns>
    Task<bool> SaveCursorAsync(string worker, JobId id, long stamp, JsonElement cursor, CancellationToken cancellationToken);

    /// <summary>Adds a line to the job's log, which keeps the last <see cref="JobLogLine.MostKept"/> for as long as the job's record.</summary>
    /// <returns>False when the claim is no longer this worker's.</returns>
    Task<bool> WriteLogAsync(string worker, JobId id, long stamp, string text, CancellationToken cancellationToken);

    /// <summary>The job's log, oldest first; empty for an unknown job.</summary>
    Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken);
}
