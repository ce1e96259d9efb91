using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Opens connections to the store's file and brings its schema up to date.</summary>
/// <param name="upgrade">False where the file belongs to another process: it is taken as it is, or not at all.</param>
internal sealed class SqliteFile(string path, bool upgrade = true)
{
    // One script per version, run in turn: Schema.sql, Schema2.sql and so on.
    const int SchemaVersion = 6;

    // WAL with synchronous=NORMAL: a commit survives the death of the process at once, and the death of the machine after the next checkpoint. Those are made beside
    // the writer; its own come only where the log grows faster than they carry it away.
    const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=2000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=16384;";

    readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 2, Pooling = false }.ToString();

    // Readers come and go; the pool keeps their connections.
    readonly string _readerString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 2 }.ToString();

    public string Path { get; } = path;

    /// <summary>The one connection that writes, with the schema in place.</summary>
    /// <exception cref="JobStoreUnavailableException">The file belongs to a newer version of the program; or to an older one, and is not to be upgraded.</exception>
    public SqliteConnection OpenWriter()
    {
        if (upgrade && System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder)
            Directory.CreateDirectory(folder);
        var connection = new SqliteConnection(upgrade ? _connectionString : _connectionString + ";Mode=ReadWrite");
        try
        {
            connection.Open();
            // First of all: to set the way it is journalled is a change of a file, too.
            if (!upgrade)
                CheckVersion(ReadVersion(connection, transaction: null));
            Execute(connection, Pragmas);
            if (upgrade)
                Upgrade(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that carries the log into the file, beside the writer's. It makes no file where there is none any more.</summary>
    /// <exception cref="SqliteException">There is none.</exception>
    public SqliteConnection OpenCheckpointer()
    {
        var connection = new SqliteConnection(_connectionString + ";Mode=ReadWrite");
        connection.Open();
        return connection;
    }

    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_readerString);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the connections readers left in the pool.</summary>
    public void CloseReaders()
    {
        using var connection = new SqliteConnection(_readerString);
        SqliteConnection.ClearPool(connection);
    }

    void Upgrade(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = ReadVersion(connection, transaction);
        CheckVersion(version);
        for (var next = version + 1; next <= SchemaVersion; next++)
        {
            using var step = connection.CreateCommand();
            step.Transaction = transaction;
#pragma warning disable CA2100 // the schema is a resource of this program
            step.CommandText = ReadSchema(next == 1 ? "" : next.ToString(CultureInfo.InvariantCulture)) + $"PRAGMA user_version={next};";
#pragma warning restore CA2100
            step.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    void CheckVersion(long version)
    {
        if (version > SchemaVersion)
        {
            throw new JobStoreUnavailableException(
                $"The job store {Path} was written by a newer version of the program (schema {version}, this one knows {SchemaVersion}): start the newer version.");
        }

        if (version < SchemaVersion && !upgrade)
        {
            throw new JobStoreUnavailableException(
                $"The job store {Path} belongs to an earlier version of the program (schema {version}, this one needs {SchemaVersion}), and only a portal that starts upgrades it: " +
                "use the command of the version that runs, or start the portal of this one first.");
        }
    }

    static long ReadVersion(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var read = connection.CreateCommand();
        read.Transaction = transaction;
        read.CommandText = "PRAGMA user_version";
        return (long)read.ExecuteScalar()!;
    }

    static string ReadSchema(string version)
    {
        using var stream = typeof(SqliteFile).Assembly.GetManifestResourceStream($"LibraryPortal.Jobs.Stores.Sqlite.Schema{version}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a constant of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
