using Microsoft.Data.Sqlite;

namespace LibraryPortal.Data.Imports;

/// <summary>The memory of a check: what the rows so far would have added, in a file of its own, so that a million rows need no more memory than a hundred. Gone when disposed.</summary>
internal sealed class SeenRows : IAsyncDisposable
{
    // Nothing in it must survive anything, so nothing is written safely.
    const string Schema = """
        PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-16000;
        CREATE TABLE Seen (Key TEXT PRIMARY KEY, Row INTEGER NOT NULL, Value TEXT NOT NULL) WITHOUT ROWID;
        """;

    readonly string _path;
    readonly SqliteConnection _connection;

    SeenRows(string path)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
    }

    /// <param name="path">A file that is not there, or is left over from a check that was killed.</param>
    public static async Task<SeenRows> CreateAsync(string path, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var seen = new SeenRows(path);
        await seen._connection.OpenAsync(cancellationToken);
        await using var command = seen._connection.CreateCommand();
        command.CommandText = Schema;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return seen;
    }

    public async Task<IReadOnlyDictionary<string, SeenRow>> FindAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        Dictionary<string, SeenRow> found = new(StringComparer.Ordinal);
        await using var command = _connection.CreateCommand();
        command.CommandText = "SELECT Row, Value FROM Seen WHERE Key = $key";
        var parameter = command.Parameters.Add("$key", SqliteType.Text);
        foreach (var key in keys)
        {
            parameter.Value = key;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken))
                found[key] = new SeenRow(key, reader.GetInt32(0), reader.GetString(1));
        }

        return found;
    }

    /// <summary>Remembers rows; a key that is there gets the new value.</summary>
    public async Task SaveAsync(IEnumerable<SeenRow> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO Seen (Key, Row, Value) VALUES ($key, $row, $value) ON CONFLICT (Key) DO UPDATE SET Row = excluded.Row, Value = excluded.Value";
        command.Transaction = (SqliteTransaction)transaction;
        var (key, row, value) = (command.Parameters.Add("$key", SqliteType.Text), command.Parameters.Add("$row", SqliteType.Integer), command.Parameters.Add("$value", SqliteType.Text));
        foreach (var seen in rows)
        {
            (key.Value, row.Value, value.Value) = (seen.Key, seen.Row, seen.Value);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        File.Delete(_path);
    }
}
