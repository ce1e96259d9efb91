using System.Text;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Sqlite;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>Changes the embedded store's file behind its back, and looks into it.</summary>
internal static class SqliteRaw
{
    /// <summary>Breaks the envelope of a job, and its result.</summary>
    public static async Task DamageAsync(string path, JobId id, bool outcomeToo)
    {
        await using var connection = await OpenAsync(path);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE job SET envelope = $broken, result = CASE WHEN $all AND state > 3 THEN $broken ELSE result END WHERE id = $id";
        command.Parameters.AddWithValue("$broken", "{\"i\":7,"u8.ToArray());
        command.Parameters.AddWithValue("$all", outcomeToo);
        command.Parameters.AddWithValue("$id", JobRow.Key(id));
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Breaks what is kept of where a job is to go on.</summary>
    public static async Task DamageCursorAsync(string path, JobId id)
    {
        await using var connection = await OpenAsync(path);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE job SET cursor = $broken WHERE id = $id AND cursor IS NOT NULL";
        command.Parameters.AddWithValue("$broken", "{\"at\":"u8.ToArray());
        command.Parameters.AddWithValue("$id", JobRow.Key(id));
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Changes the form in which a job is stored.</summary>
    public static async Task RewriteAsync(string path, JobId id, Func<string, string> rewrite)
    {
        await using var connection = await OpenAsync(path);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT envelope FROM job WHERE id = $id";
        command.Parameters.AddWithValue("$id", JobRow.Key(id));
        var stored = Encoding.UTF8.GetString((byte[])(await command.ExecuteScalarAsync())!);
        command.CommandText = "UPDATE job SET envelope = $envelope WHERE id = $id";
        command.Parameters.AddWithValue("$envelope", Encoding.UTF8.GetBytes(rewrite(stored)));
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>The tables with any rows, by name.</summary>
    public static async Task<IReadOnlyList<string>> TablesInUseAsync(string path)
    {
        await using var connection = await OpenAsync(path);
        List<string> used = [];
        foreach (var table in await ReadAsync(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"))
        {
            if ((await ReadAsync(connection, $"SELECT '' FROM {table} LIMIT 1")).Count > 0)
                used.Add(table);
        }

        return used;
    }

    public static async Task<IReadOnlyList<string>> QueueNamesAsync(string path)
    {
        await using var connection = await OpenAsync(path);
        return await ReadAsync(connection, "SELECT name FROM queue");
    }

    static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names out of the schema
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    static async Task<SqliteConnection> OpenAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
