using System.Text.Json;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Keeps a run's cursor and log lines, fenced as an outcome is.</summary>
internal static class WriteNotes
{
    static readonly Sql KeepCursor = new("UPDATE job SET cursor = $4 WHERE id = $1 AND state = 3 AND worker = $2 AND stamp = $3");
    static readonly Sql IsOwner = new("SELECT 1 FROM job WHERE id = $1 AND state = 3 AND worker = $2 AND stamp = $3");
    static readonly Sql AddLine = new("INSERT INTO job_log (job, at, text) VALUES ($1, $2, $3)");

    static readonly Sql Trim = new("""
        DELETE FROM job_log WHERE job = $1 AND seq <= (SELECT seq FROM job_log WHERE job = $1 ORDER BY seq DESC LIMIT 1 OFFSET $2)
        """);

    public static bool SaveCursor(WriteSession session, string worker, JobId id, long stamp, JsonElement cursor) =>
        session.Prepare(KeepCursor).Run(JobRow.Key(id), worker, stamp, JobRow.Write(cursor)) > 0;

    public static bool WriteLog(WriteSession session, string worker, JobId id, long stamp, string text)
    {
        var key = JobRow.Key(id);
        if (session.Prepare(IsOwner).Value(key, worker, stamp) is null)
            return false;
        session.Prepare(AddLine).Run(key, session.Now, text);
        session.Prepare(Trim).Run(key, (long)JobLogLine.MostKept);
        return true;
    }
}
