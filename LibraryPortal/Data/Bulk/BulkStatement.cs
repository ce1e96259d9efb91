using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LibraryPortal.Data.Bulk;

/// <summary>
/// A statement that runs again and again with other values, in the transaction its connection is in. Values are bound by place: a command finds each by its
/// name, every time anew, which for a row of thirty columns takes longer than writing it.
/// </summary>
internal sealed class BulkStatement : IDisposable
{
    readonly sqlite3 _database;
    readonly sqlite3_stmt _statement;

    public BulkStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The first number of its first row; 0 when it has none.</returns>
    public long Run(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            Check(Bind(i + 1, values[i]));
        long first = 0;
        var step = raw.sqlite3_step(_statement);
        if (step == raw.SQLITE_ROW)
            first = raw.sqlite3_column_int64(_statement, 0);
        while (step == raw.SQLITE_ROW)
            step = raw.sqlite3_step(_statement);
        // Says again what was wrong with the last step.
        Check(raw.sqlite3_reset(_statement));
        return first;
    }

    /// <summary>The number of the row that was added last.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(_database);

    public void Dispose() => _statement.Dispose();

    int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        string text => raw.sqlite3_bind_text(_statement, place, text),
        int number => raw.sqlite3_bind_int64(_statement, place, number),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        bool flag => raw.sqlite3_bind_int64(_statement, place, flag ? 1 : 0),
        // As the provider writes it.
        Guid id => raw.sqlite3_bind_text(_statement, place, id.ToString().ToUpper(CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"No way to write a {value.GetType().Name} in bulk."),
    };

    void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result, raw.sqlite3_extended_errcode(_database));
    }
}
