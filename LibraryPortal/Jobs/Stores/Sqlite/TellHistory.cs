using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Ended jobs on their way into the history. A receipt is the job's id and when it ended in ms; that of a replayed
/// job's earlier outcome is r and its number.</summary>
internal static class TellHistory
{
    static readonly Sql Untold = new($"SELECT {JobRow.Columns}, finished AS ended FROM job WHERE state >= 4 AND history = 1 ORDER BY finished, seq LIMIT $1");
    static readonly Sql Replayed = new("SELECT seq, record FROM replayed ORDER BY seq LIMIT $1");
    static readonly Sql OneUntold = new($"SELECT {JobRow.Columns} FROM job WHERE seq = $1 AND state >= 4 AND history = 1");
    static readonly Sql Keep = new("INSERT INTO replayed (record) VALUES ($1)");
    static readonly Sql ForgetOldest = new("DELETE FROM replayed WHERE seq <= (SELECT MAX(seq) FROM replayed) - $1");
    static readonly Sql Forget = new("DELETE FROM replayed WHERE seq = $1");

    // A job replayed since it was read has another outcome to tell. A flow's results stay for as long as the flow.
    static readonly Sql Told = new("""
        UPDATE job SET history = 2,
          expires = CASE WHEN state = 4 AND NOT EXISTS (SELECT 1 FROM flow_job WHERE flow_job.id = job.id) THEN MIN(expires, $3) ELSE expires END
        WHERE id = $1 AND finished = $2 AND state >= 4 AND history = 1
        """);

    /// <summary>Outcomes of replayed jobs kept while the history is out: nothing grows without limit.</summary>
    public const int MostReplayed = 100_000;

    public static EndedBatch Read(SqliteReader reader, int count)
    {
        List<Found> found = reader.Some(Replayed, ReadReplayed, Weigh, (long)count);
        // Seldom any, so that hardly ever more comes than one call may carry.
        found.AddRange(reader.Some(Untold, ReadUntold, Weigh, (long)count));
        return new EndedBatch([.. found.Select(static one => one.Job).OfType<JobRecord>()], found.ConvertAll(static one => one.Receipt), found.Min(static one => one.Ended))
        {
            Unreadable = [.. found.Select(static one => one.Unreadable).OfType<UnreadableEnd>()],
        };
    }

    static Found ReadReplayed(SqliteDataReader row)
    {
        var receipt = string.Create(CultureInfo.InvariantCulture, $"r{row.GetInt64(0)}");
        try
        {
            var job = JsonSerializer.Deserialize<JobRecord>(row.GetFieldValue<byte[]>(1), JobJson.Options)!;
            return new Found(receipt, job.FinishedAt, job, null);
        }
        catch (Exception error) when (EnvelopeCodec.IsDamage(error))
        {
            return new Found(receipt, null, null, new UnreadableEnd(default, error.Message));
        }
    }

    static Found ReadUntold(SqliteDataReader row)
    {
        var (id, ended) = (JobRow.Id(row.GetFieldValue<byte[]>(JobRow.IdColumn)), row.GetInt64(row.GetOrdinal("ended")));
        var receipt = string.Create(CultureInfo.InvariantCulture, $"{id}:{ended}");
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(ended);
        try
        {
            return new Found(receipt, moment, JobRow.Read(row), null);
        }
        catch (Exception error) when (EnvelopeCodec.IsDamage(error))
        {
            return new Found(receipt, moment, null, new UnreadableEnd(id, error.Message));
        }
    }

    static int Weigh(Found found) => found.Job is { } job ? BatchLimits.Weigh(job) : 0;

    public static int Acknowledge(WriteSession session, IReadOnlyList<string> receipts, TimeSpan keepFor)
    {
        var until = session.Now + (long)keepFor.TotalMilliseconds;
        foreach (var receipt in receipts)
        {
            if (receipt.StartsWith('r'))
                session.Prepare(Forget).Run(long.Parse(receipt.AsSpan(1), CultureInfo.InvariantCulture));
            else if (receipt.Split(':') is [var id, var finished])
                session.Prepare(Told).Run(JobRow.Key(JobId.Parse(id, CultureInfo.InvariantCulture)), long.Parse(finished, CultureInfo.InvariantCulture), until);
        }

        return receipts.Count;
    }

    /// <summary>Forgets the oldest outcomes of replayed jobs where nobody has come for them.</summary>
    public static void Prune(WriteSession session) => session.Prepare(ForgetOldest).Run((long)MostReplayed);

    /// <summary>Puts the outcome of a job that is going to be replayed aside, unless it was told.</summary>
    public static void KeepOutcome(WriteSession session, long seq)
    {
        foreach (var job in session.Prepare(OneUntold).Rows(JobRow.Read, seq))
            session.Prepare(Keep).Run(JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Options));
    }

    // Either the job or what is wrong with it.
    readonly record struct Found(string Receipt, DateTimeOffset? Ended, JobRecord? Job, UnreadableEnd? Unreadable);
}
