using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LibraryPortal.Data.Search;

/// <summary>Runs the statements of one search on the context's own connection, all of them on one state of the database. Dispose it before the context.</summary>
internal sealed class SearchReader : IAsyncDisposable
{
    readonly DbConnection _connection;
    readonly PortalDbContext _database;
    readonly DbTransaction? _outer;
    readonly SqliteTransaction? _own;

    SearchReader(PortalDbContext database, DbConnection connection)
    {
        (_database, _connection) = (database, connection);
        _outer = database.Database.CurrentTransaction?.GetDbTransaction();
        // Deferred: it only reads, and must not wait for a writer.
        _own = _outer is null ? ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true) : null;
    }

    public static async Task<SearchReader> OpenAsync(PortalDbContext database, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        return new SearchReader(database, database.Database.GetDbConnection());
    }

    /// <summary>What the reader makes of each row.</summary>
    public List<T> List<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        List<T> rows = [];
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Hands over rows until the visitor says that it has enough.</summary>
    public void Visit(string sql, Func<DbDataReader, bool> visit, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read() && visit(reader))
        {
        }
    }

    /// <summary>The first column of the first row as a number; 0 when there is none.</summary>
    public int Number(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is long number ? (int)number : 0;
    }

    /// <summary>The first column of the first row as text; empty when there is none.</summary>
    public string Text(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() as string ?? "";
    }

    /// <summary>A list as a parameter for json_each.</summary>
    public static string Json<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);

    /// <summary>A statement to be run again and again with other values; dispose it.</summary>
    public DbCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _outer ?? _own;
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new SqliteParameter(name, value));
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
        await _database.Database.CloseConnectionAsync();
    }
}
