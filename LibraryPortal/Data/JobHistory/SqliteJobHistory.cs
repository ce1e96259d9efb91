using System.Text.Json;
using LibraryPortal.Data.JobEffects;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Data.JobHistory;

/// <summary>The history of ended jobs in the portal's database, with a full-text index beside it: the one place with SQL of it. The index has no copy of the
/// text and is written with the entries, in their transaction.</summary>
internal sealed class SqliteJobHistory(IDbContextFactory<PortalDbContext> databases) : IJobHistory
{
    const string Index = """
        CREATE VIRTUAL TABLE IF NOT EXISTS JobHistorySearch USING fts5(Words, Tags, Name, State, Owner, Worker,
        content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='3')
        """;

    const string Add = """
        INSERT INTO JobHistory (JobId, Name, State, Owner, Worker, FinishedAt, DurationMs, Tags, Record)
        VALUES ($job, $name, $state, $owner, $worker, $finished, $duration, $tags, $record)
        ON CONFLICT (JobId, FinishedAt) DO NOTHING RETURNING Id
        """;

    const string AddWords = """
        INSERT INTO JobHistorySearch (rowid, Words, Tags, Name, State, Owner, Worker) VALUES ($id, $words, $tags, $name, $state, $owner, $worker)
        """;

    const string Find = "SELECT Record FROM JobHistory WHERE JobId = $job ORDER BY FinishedAt DESC LIMIT 1";

    const string TooOld = "SELECT Id FROM JobHistory WHERE FinishedAt < $before ORDER BY FinishedAt LIMIT $limit";

    const string TooMany = """
        SELECT Id FROM JobHistory WHERE Id <= (SELECT Id FROM JobHistory ORDER BY Id DESC LIMIT 1 OFFSET $keep) ORDER BY Id LIMIT $limit
        """;

    // A job of the history may be replayed, so its mark outlives its entry.
    const string ForgetEffects = """
        DELETE FROM JobEffects WHERE JobId IN (SELECT JobId FROM JobEffects WHERE At < $before ORDER BY At LIMIT $limit)
        """;

    /// <summary>Makes the index where it is missing.</summary>
    public static Task PrepareAsync(PortalDbContext database, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlRawAsync(Index, cancellationToken);

    public Task<int> AddAsync(IReadOnlyList<JobRecord> ended, CancellationToken cancellationToken) => WriteAsync((connection, transaction) =>
    {
        using var add = Command(connection, transaction, Add);
        using var words = Command(connection, transaction, AddWords);
        var added = 0;
        foreach (var job in ended)
        {
            EntryParameters.Entry(add, job);
            if (add.ExecuteScalar() is not long id)
                continue;
            EntryParameters.Words(words, id, job);
            words.ExecuteNonQuery();
            added++;
        }

        return added;
    }, cancellationToken);

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        using var find = Command(connection, null, Find);
        find.Parameters.AddWithValue("$job", EntryParameters.Key(id));
        return find.ExecuteScalar() is string record ? Read(record) : null;
    }, cancellationToken);

    public Task<HistoryPage> SearchAsync(HistoryQuery query, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        using var command = connection.CreateCommand();
        var search = new HistorySearch(query, HistorySearch.IsByWords(query) ? null : RarestIndex.Find(command, query));
        var total = Count(command, search);
        search.Page(command, query.Offset, query.Count);
        using var rows = command.ExecuteReader();
        List<JobRecord> jobs = [];
        while (rows.Read())
            jobs.Add(Read(rows.GetString(0)));
        return new HistoryPage(jobs, total);
    }, cancellationToken);

    public Task<int> TrimAsync(DateTimeOffset before, long keepAtMost, int limit, CancellationToken cancellationToken) => WriteAsync((connection, transaction) =>
        Delete(connection, transaction, TooOld, limit, ("$before", before.UtcTicks)) + Delete(connection, transaction, TooMany, limit, ("$keep", keepAtMost))
        + Forget(connection, transaction, before - OncePerJob.KeptBeyondHistory, limit),
        cancellationToken);

    static int Count(SqliteCommand command, HistorySearch search)
    {
        search.Count(command, HistoryPage.MostCounted);
        return (int)Math.Min((long)command.ExecuteScalar()!, HistoryPage.MostCounted);
    }

    static int Delete(SqliteConnection connection, SqliteTransaction transaction, string which, int limit, (string Name, long Value) parameter)
    {
        List<long> ids = [];
        using (var find = Command(connection, transaction, which))
        {
            find.Parameters.AddWithValue(parameter.Name, parameter.Value);
            find.Parameters.AddWithValue("$limit", limit);
            using var rows = find.ExecuteReader();
            while (rows.Read())
                ids.Add(rows.GetInt64(0));
        }

        using var entry = Command(connection, transaction, "DELETE FROM JobHistory WHERE Id = $id");
        using var words = Command(connection, transaction, "DELETE FROM JobHistorySearch WHERE rowid = $id");
        foreach (var id in ids)
        {
            foreach (var command in (SqliteCommand[])[entry, words])
            {
                command.Parameters.Clear();
                command.Parameters.AddWithValue("$id", id);
                command.ExecuteNonQuery();
            }
        }

        return ids.Count;
    }

    static int Forget(SqliteConnection connection, SqliteTransaction transaction, DateTimeOffset before, int limit)
    {
        using var effects = Command(connection, transaction, ForgetEffects);
        effects.Parameters.AddWithValue("$before", before.UtcTicks);
        effects.Parameters.AddWithValue("$limit", limit);
        return effects.ExecuteNonQuery();
    }

    static JobRecord Read(string record) => JsonSerializer.Deserialize<JobRecord>(record, JobJson.Options)
        ?? throw new JsonException("The history holds something else than a job.");

    static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string text)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // a constant of this class
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    // SQLite works on the caller's thread, whatever its methods are called: a search or a lock must not hold up a page.
    async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await database.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)database.Database.GetDbConnection();
        return await Task.Run(() => read(connection), cancellationToken);
    }

    Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> write, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = write(connection, transaction);
        transaction.Commit();
        return result;
    }, cancellationToken);
}
