using System.Text.Json;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Queues, limits, and what runs leave behind on their way.</summary>
internal sealed partial class SqliteJobStore
{
    public Task<bool> PauseQueueAsync(string queue, bool paused, CancellationToken cancellationToken) =>
        WriteAsync(session => KeepLimits.Pause(session, queue, paused), cancellationToken);

    public Task SetLimitAsync(string name, LimitRule? rule, CancellationToken cancellationToken) =>
        WriteAsync(session => KeepLimits.SetLimit(session, name, rule), cancellationToken);

    public Task<IReadOnlyList<LimitRecord>> ListLimitsAsync(CancellationToken cancellationToken) => ReadAsync(_reader.ListLimits, cancellationToken);

    public Task<bool> SaveCursorAsync(string worker, JobId id, long stamp, JsonElement cursor, CancellationToken cancellationToken) =>
        WriteAsync(session => WriteNotes.SaveCursor(session, worker, id, stamp, cursor), cancellationToken);

    public Task<bool> WriteLogAsync(string worker, JobId id, long stamp, string text, CancellationToken cancellationToken) =>
        WriteAsync(session => WriteNotes.WriteLog(session, worker, id, stamp, text), cancellationToken);

    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, CancellationToken cancellationToken) => ReadAsync(() => _reader.ReadLog(id), cancellationToken);
}
