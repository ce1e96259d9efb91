using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>How a job's row is read back.</summary>
internal static class JobRow
{
    /// <summary>The columns <see cref="Read"/> expects, of a table named <c>job</c>.</summary>
    public const string Columns = """
        state, attempt, crashes, cancel, due, started, finished, worker, error, result, progress_done, progress_total, progress_message, envelope, parked, held,
        CASE WHEN state = 2 THEN (
          SELECT COALESCE(MAX(worker.last_beat), 0) FROM worker, json_each(worker.queues) AS served
          WHERE served.value = (SELECT queue.name FROM queue WHERE queue.key = job.lane % 65536)) END,
        state = 2 AND EXISTS (SELECT 1 FROM queue WHERE queue.key = job.lane % 65536 AND queue.paused IS NOT NULL),
        job.id, job.name, job.lane / 65536, (SELECT queue.name FROM queue WHERE queue.key = job.lane % 65536),
        (SELECT lower(hex(flow.id)) || ':' || flow_job.after || ':' || flow_job.before FROM flow_job JOIN flow ON flow.key = flow_job.flow WHERE flow_job.id = job.id)
        """;

    /// <summary>The one of <see cref="Columns"/> that has the job's id.</summary>
    public const int IdColumn = 18;

    /// <summary>Values of the column parked beside 0.</summary>
    const int Parked = 1, AtAGate = 2;

    public static byte[] Key(JobId id) => id.Value.ToByteArray(bigEndian: true);

    public static JobId Id(byte[] key) => new(new Guid(key, bigEndian: true));

    public static JobRecord Read(SqliteDataReader row) => Read(row, now: 0);

    /// <param name="now">In ms: tells workers that serve its queue from those not heard of lately.</param>
    public static JobRecord Read(SqliteDataReader row, long now)
    {
        var stored = row.GetFieldValue<byte[]>(13);
        var envelope = EnvelopeCodec.TryRead(stored, out var why) ?? StandIn(row, new UnreadableForm(why, stored));
        return new JobRecord
        {
            Envelope = envelope,
            State = (JobState)row.GetInt32(0),
            Attempt = row.GetInt32(1),
            Crashes = row.GetInt32(2),
            CancelRequested = row.GetBoolean(3),
            DueAt = Moment(row, 4),
            StartedAt = Moment(row, 5),
            FinishedAt = Moment(row, 6),
            Worker = Text(row, 7),
            Error = Text(row, 8),
            Result = row.IsDBNull(9) ? null : ReadJson(row.GetFieldValue<byte[]>(9)),
            Progress = row.IsDBNull(10) ? null : new JobProgress(row.GetInt64(10), row.GetInt64(11), Text(row, 12)),
            HeldBack = Stores.HeldBack.Describe(
                envelope, row.GetInt32(14) == Parked ? Text(row, 15) : null, row.GetInt32(14) == AtAGate ? Text(row, 15) : null,
                !row.IsDBNull(16) && row.GetInt64(16) < now - (long)Stores.HeldBack.HeardOfWithin.TotalMilliseconds, row.GetBoolean(17)),
        };
    }

    public static byte[] Write(JsonElement json) => JsonSerializer.SerializeToUtf8Bytes(json);

    public static JsonElement ReadJson(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }

    static JobEnvelope StandIn(SqliteDataReader row, UnreadableForm form) =>
        form.StandIn(Id(row.GetFieldValue<byte[]>(IdColumn)), row.GetString(19), row.GetString(21), (JobPriority)row.GetInt32(20)) with
        {
            Flow = Text(row, 22)?.Split(':') is [var flow, var after, var before]
                ? new FlowPlace(FlowId.Parse(flow), int.Parse(after, CultureInfo.InvariantCulture), FlowPlace.Start, int.Parse(before, CultureInfo.InvariantCulture))
                : null,
        };

    static DateTimeOffset? Moment(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
