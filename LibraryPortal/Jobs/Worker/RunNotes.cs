using System.Runtime.InteropServices;
using System.Text.Json;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Writes what runs leave behind on their way: cursors and log lines.</summary>
internal sealed class RunNotes(INoteStore store, int maxCursorBytes)
{
    /// <exception cref="ArgumentException">The cursor is too large.</exception>
    public async Task SaveCursorAsync(Run run, JsonElement cursor)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(cursor).Length;
        if (bytes > maxCursorBytes)
            throw new ArgumentException($"The cursor takes {bytes:N0} bytes; at most {maxCursorBytes:N0} are allowed. Store the data and keep its id.", nameof(cursor));
        if (!run.IsSettled && await store.SaveCursorAsync(run.Worker, run.Id, run.Job.Stamp, cursor, CancellationToken.None))
            return;
        run.Stop(StopReasons.Gone);
        throw new OperationCanceledException("The job is no longer this worker's.", run.CancellationToken);
    }

    public async Task LogAsync(Run run, string text)
    {
        if (run.IsSettled)
            return;
        try
        {
            await store.WriteLogAsync(
                run.Worker, run.Id, run.Job.Stamp, text.Length <= JobLogLine.LongestText ? text : text[..JobLogLine.LongestText], CancellationToken.None);
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log. A line is not worth a run.
        }
    }
}
