using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Carries what was committed from the write-ahead log into the file while the writer goes on. Else the writer has to, every few megabytes, and every call waits
/// for the disk meanwhile.</summary>
/// <remarks>Started by the store; woken by its commits; owns a connection and, because it blocks on the disk, a thread; stops when disposed. What it cannot do the writer's
/// own checkpoint does once the log is long, and says what is wrong.</remarks>
internal sealed class SqliteCheckpoints : IDisposable
{
    // Some megabytes of log: a checkpoint waits for the disk twice, however little there is to carry.
    const int CommitsBetween = 128;

    readonly SqliteFile _file;
    readonly SemaphoreSlim _due = new(0);
    readonly Thread _thread;
    SqliteConnection? _connection;
    int _commits;
    volatile bool _stopping;

    public SqliteCheckpoints(SqliteFile file)
    {
        _file = file;
        _thread = new Thread(Loop) { IsBackground = true, Name = "job store checkpoints" };
        _thread.Start();
    }

    /// <summary>To be called after each commit, by the writer's thread.</summary>
    public void Committed()
    {
        if (++_commits % CommitsBetween == 0 && _due.CurrentCount == 0)
            _due.Release();
    }

    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        _due.Release();
        _thread.Join();
        _due.Dispose();
    }

    void Loop()
    {
        while (true)
        {
            _due.Wait();
            if (_stopping)
                break;
            Run();
        }

        _connection?.Dispose();
    }

    void Run()
    {
        try
        {
            _connection ??= _file.OpenCheckpointer();
            using var command = _connection.CreateCommand();
            // Passive: it waits for nobody, and nobody waits for it.
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }
}
