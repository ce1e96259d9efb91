using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting.Bench;

/// <summary>The least that SQLite must do for a queue with claims: rows in, rows marked, rows ended, a transaction per batch. No engine around it.</summary>
internal static class BareSqliteLoop
{
    /// <param name="path">A file that is not there yet.</param>
    public static async Task<BareFigures> RunAsync(string path, BareWork work)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4000;
            CREATE TABLE job (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, state INTEGER NOT NULL, worker TEXT, envelope BLOB NOT NULL) STRICT;
            CREATE INDEX job_ready ON job (seq) WHERE state = 2;
            """);

        using var insert = Prepare(connection, "INSERT INTO job (id, state, envelope) VALUES ($1, 2, $2)", 2);
        insert.Parameters[1].Value = new byte[200];
        using var claim = Prepare(connection, """
            UPDATE job SET state = 3, worker = 'w' WHERE seq IN (SELECT seq FROM job WHERE state = 2 ORDER BY seq LIMIT $1) RETURNING id, envelope
            """, 1);
        using var finish = Prepare(connection, "UPDATE job SET state = 4 WHERE id = $1 AND state = 3 AND worker = 'w'", 1);
        return new BareFigures(
            await BareCost.OfAsync(work.Jobs, () => Task.Run(() => InBatches(connection, work.Jobs, work.EnqueueBatch, count => Enqueue(insert, count)))),
            await BareCost.OfAsync(work.Jobs, () => Task.Run(() => InBatches(connection, work.Jobs, work.DrainBatch, count => Drain(claim, finish, count)))));
    }

    static void Enqueue(SqliteCommand insert, int count)
    {
        for (var i = 0; i < count; i++)
        {
            insert.Parameters[0].Value = Guid.CreateVersion7().ToByteArray(bigEndian: true);
            insert.ExecuteNonQuery();
        }
    }

    static void Drain(SqliteCommand claim, SqliteCommand finish, int count)
    {
        claim.Parameters[0].Value = count;
        List<byte[]> ids = [];
        using (var rows = claim.ExecuteReader())
        {
            while (rows.Read())
                ids.Add(rows.GetFieldValue<byte[]>(0));
        }

        foreach (var id in ids)
        {
            finish.Parameters[0].Value = id;
            finish.ExecuteNonQuery();
        }
    }

    static void InBatches(SqliteConnection connection, int jobs, int batch, Action<int> work)
    {
        for (var at = 0; at < jobs; at += batch)
        {
            Execute(connection, "BEGIN IMMEDIATE");
            work(Math.Min(batch, jobs - at));
            Execute(connection, "COMMIT");
        }
    }

#pragma warning disable CA2100 // every text is a constant of this class
    static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}", Value = DBNull.Value });
        command.Prepare();
        return command;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
