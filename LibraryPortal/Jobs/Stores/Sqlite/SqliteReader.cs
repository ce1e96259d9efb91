using System.Text.Json;
using LibraryPortal.Jobs.Inspection;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Reads the store beside its writer: each call on a connection of its own, never waiting for a lock.</summary>
internal sealed partial class SqliteReader(SqliteFile file, TimeProvider clock)
{
    // One whose time is over is not shown, though nobody has taken it away yet; but what may still be replayed is, until it went into the history.
    static readonly Sql FindById = new($"SELECT {JobRow.Columns} FROM job WHERE id = $1 AND (expires IS NULL OR expires > $2 OR (state > 4 AND history = 1 AND expires > $3))");

    static readonly Sql PageOfWaiting = Page("state = 0", "pos");
    static readonly Sql PageOfScheduled = Page("state = 1", "due, pos");
    static readonly Sql PageOfQueued = Page("state = 2", "parked, lane, pos");
    static readonly Sql PageOfRunning = Page("state = 3", "started DESC, seq DESC");
    static readonly Sql PageOfFinished = Page("state >= 4 AND state = $3", "finished DESC, seq DESC");

    static readonly Sql CountAll = new("""
        SELECT 0, COUNT(*) FROM job WHERE state = 0
        UNION ALL SELECT 1, COUNT(*) FROM job WHERE state = 1
        UNION ALL SELECT 2, COUNT(*) FROM job WHERE state = 2
        UNION ALL SELECT 3, COUNT(*) FROM job WHERE state = 3
        UNION ALL SELECT state, COUNT(*) FROM job WHERE state >= 4 GROUP BY state
        """);

    static readonly Sql Workers = new("""
        SELECT id, host, process, version, slots, memory, queues, job_names, started, last_beat,
          (SELECT COUNT(*) FROM job WHERE state = 3 AND job.worker = worker.id)
        FROM worker ORDER BY started, id
        """);

    public JobRecord? Find(JobId id) => Rows(
        FindById, Read, JobRow.Key(id), Now, Now - (long)EndedBatch.UntoldFor.TotalMilliseconds).FirstOrDefault();

    public JobPage List(JobQuery query)
    {
        var (offset, count) = ((long)query.Offset, (long)query.Count);
        var jobs = query.State switch
        {
            JobState.Waiting => Rows(PageOfWaiting, Read, offset, count),
            JobState.Scheduled => Rows(PageOfScheduled, Read, offset, count),
            JobState.Queued => Rows(PageOfQueued, Read, offset, count),
            JobState.Running => Rows(PageOfRunning, Read, offset, count),
            var state when state.IsFinal() =>
                Rows(PageOfFinished, Read, offset, count, (long)query.State),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.State, "Not a state."),
        };
        return new JobPage(jobs, Count()[query.State]);
    }

    public JobCounts Count() => new(Rows(CountAll, static row => (State: (JobState)row.GetInt32(0), Jobs: row.GetInt64(1)))
        .ToDictionary(count => count.State, count => count.Jobs));

    public IReadOnlyList<WorkerRecord> ListWorkers() => Rows(Workers, static row => new WorkerRecord(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.GetInt32(10), row.GetInt64(5),
        Words(row.GetString(6)), Words(row.GetString(7)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9))));

    long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    JobRecord Read(SqliteDataReader row) => JobRow.Read(row, Now);

    static Sql Page(string which, string order) =>
        new($"SELECT {JobRow.Columns} FROM job WHERE {which} ORDER BY {order} LIMIT $2 OFFSET $1");

    /// <summary>Runs one query on a connection of its own.</summary>
    public List<T> Rows<T>(Sql sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var connection = file.OpenReader();
        using var statement = new Statement(connection, sql);
        return statement.Rows(read, values);
    }

    /// <summary>The same, until the rows together weigh as much as one call may carry.</summary>
    public List<T> Some<T>(Sql sql, Func<SqliteDataReader, T> read, Func<T, int> weigh, params ReadOnlySpan<object?> values)
    {
        using var connection = file.OpenReader();
        using var statement = new Statement(connection, sql);
        return statement.Some(read, weigh, BatchLimits.Bytes, values);
    }

    static List<string> Words(string json) => JsonSerializer.Deserialize<List<string>>(json) ?? [];
}
