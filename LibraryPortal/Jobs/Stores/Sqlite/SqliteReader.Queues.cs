using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>How long the waiting lines are.</summary>
internal sealed partial class SqliteReader
{
    static readonly Sql Lanes = new("""
        SELECT queue.name, line.jobs, first.due, first.envelope
        FROM (SELECT lane, COUNT(*) AS jobs, MIN(pos) AS head FROM job WHERE state = 2 AND parked = 0 GROUP BY lane) AS line
        JOIN queue ON queue.key = line.lane % 65536
        JOIN job AS first ON first.state = 2 AND first.parked = 0 AND first.lane = line.lane AND first.pos = line.head
        """);

    static readonly Sql Paused = new("SELECT name, paused FROM queue WHERE paused IS NOT NULL");

    public IReadOnlyList<QueueRecord> ListQueues() => QueueLanes.Join(Rows(Lanes, static row => new QueueRecord(
        row.GetString(0), row.GetInt64(1),
        QueueLanes.FirstReadySince(EnvelopeCodec.TryRead(row.GetFieldValue<byte[]>(3), out _), row.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))))
        .Concat(Rows(Paused, static row => new QueueRecord(row.GetString(0), 0, null, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))))));
}
