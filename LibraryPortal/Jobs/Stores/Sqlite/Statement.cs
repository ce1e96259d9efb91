using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>A statement prepared on one connection.</summary>
internal sealed class Statement : IDisposable
{
    readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, Sql sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this folder
        _command.CommandText = sql.Text;
#pragma warning restore CA2100
        for (var i = 1; i <= sql.Parameters; i++)
            _command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture), Value = DBNull.Value });
        _command.Prepare();
    }

    /// <returns>How many rows it changed.</returns>
    public int Run(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Value(params ReadOnlySpan<object?> values) => Bind(values).ExecuteScalar() is { } value and not DBNull ? value : null;

    public List<T> Rows<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values) => Some(read, static _ => 0, 1, values);

    /// <summary>The first rows, until together they weigh as much as given, or more.</summary>
    public List<T> Some<T>(Func<SqliteDataReader, T> read, Func<T, int> weigh, int most, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(values).ExecuteReader();
        List<T> rows = [];
        while (most > 0 && reader.Read())
        {
            rows.Add(read(reader));
            most -= weigh(rows[^1]);
        }

        return rows;
    }

    public void Dispose() => _command.Dispose();

    SqliteCommand Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return _command;
    }
}
