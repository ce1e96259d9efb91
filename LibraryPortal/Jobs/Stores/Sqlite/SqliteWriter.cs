using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Writes to the store's file on a thread of its own. Calls that arrive while a transaction is under way share the next one.</summary>
/// <remarks>Started by the store's first call; owns the one writing connection, which it opens when first needed and again after an outage; stops when disposed, once
/// every accepted call is answered. A thread and not a task, because commits and lock waits block, and because a starved thread pool must not hold heartbeats up.</remarks>
internal sealed class SqliteWriter : IDisposable
{
    const int MostCallsPerCommit = 64;

    readonly SqliteFile _file;
    readonly Func<SqliteConnection, WriteSession> _openSession;
    readonly Action<WriteEffects> _committed;
    readonly Action<string> _out;
    readonly Action _answered;
    readonly Action<Exception> _failed;
    readonly ConcurrentQueue<Call> _calls = new();
    readonly ManualResetEventSlim _arrived = new();
    readonly Thread _thread;
    WriteSession? _session;
    volatile bool _stopping;
    volatile bool _stopped;

    /// <param name="committed">Called on the writer's thread after each commit, before the callers are answered.</param>
    /// <param name="out">Told the sentence when the file cannot be used.</param>
    /// <param name="answered">Called when it could.</param>
    /// <param name="failed">Told what <paramref name="committed"/> or <paramref name="answered"/> threw, against their contract.</param>
    public SqliteWriter(
        SqliteFile file, Func<SqliteConnection, WriteSession> openSession, Action<WriteEffects> committed, Action<string> @out, Action answered, Action<Exception> failed)
    {
        (_file, _openSession, _committed, _out, _answered, _failed) = (file, openSession, committed, @out, answered, failed);
        _thread = new Thread(Loop) { IsBackground = true, Name = "job store writer" };
        _thread.Start();
    }

    /// <summary>Runs one transition as part of a transaction. It may run twice when another call of the same transaction fails, never with effect twice.</summary>
    /// <param name="told">Called on the writer's thread before the caller is answered, with what went wrong; null when it is done.</param>
    /// <exception cref="JobStoreUnavailableException">The file cannot be written; nothing changed.</exception>
    public Task<T> RunAsync<T>(Func<WriteSession, T> transition, Action<Exception?>? told = null)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        var call = new Call<T>(transition, told);
        _calls.Enqueue(call);
        _arrived.Set();
        if (_stopped)
            RefuseLeft();
        return call.Task;
    }

    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        _arrived.Set();
        _thread.Join();
        _arrived.Dispose();
    }

    void Loop()
    {
        List<Call> batch = [];
        do
        {
            _arrived.Wait();
            _arrived.Reset();
            while (TakeBatch(batch))
                Write(batch);
        }
        while (!_stopping);

        while (TakeBatch(batch))
            Write(batch);
        _session?.Dispose();
        _stopped = true;
        RefuseLeft();
    }

    // A call that slipped in while the thread ended is answered by whichever side sees it.
    void RefuseLeft()
    {
        while (_calls.TryDequeue(out var call))
            call.Fail(new ObjectDisposedException(nameof(SqliteWriter)));
    }

    bool TakeBatch(List<Call> batch)
    {
        batch.Clear();
        while (batch.Count < MostCallsPerCommit && _calls.TryDequeue(out var call))
            batch.Add(call);
        return batch.Count > 0;
    }

    void Write(List<Call> batch)
    {
        try
        {
            Commit(batch);
        }
        catch (Exception error) when (SqliteTrouble.Describe(error, _file.Path) is { } sentence)
        {
            // Whatever the cause, a fresh connection is the best start for the next try.
            CloseSession();
            _out(sentence);
            foreach (var call in batch)
                call.Fail(new JobStoreUnavailableException(sentence, error));
        }
        catch (Exception error)
        {
            Undo();
            if (batch.Count == 1)
                batch[0].Fail(error);
            else
                WriteOneByOne(batch);
        }
    }

    // One call's mistake must not fail its neighbours: they get transactions of their own.
    void WriteOneByOne(List<Call> batch)
    {
        foreach (var call in batch)
            Write([call]);
    }

    void Commit(List<Call> batch)
    {
        _session ??= _openSession(_file.OpenWriter());
        _session.Begin();
        foreach (var call in batch)
            call.Run(_session);
        _session.Commit();
        Tell(static writer => writer._answered());
        Tell(static writer => writer._committed(writer._session!.Effects));
        foreach (var call in batch)
            call.Succeed();
    }

    void Tell(Action<SqliteWriter> listener)
    {
        try
        {
            listener(this);
        }
        catch (Exception error)
        {
            // Committed is committed, whatever a listener did: thrown on, this would have the calls run again.
            Report(error);
        }
    }

    void Report(Exception error)
    {
        try
        {
            _failed(error);
        }
        catch (Exception)
        {
            // Nobody is left to tell.
        }
    }

    void Undo()
    {
        try
        {
            _session?.Rollback();
        }
        catch (SqliteException)
        {
            // SQLite may have rolled back by itself; a new connection is certain to be clean.
            CloseSession();
        }
    }

    void CloseSession()
    {
        _session?.Dispose();
        _session = null;
    }

    abstract class Call
    {
        public abstract void Run(WriteSession session);

        public abstract void Succeed();

        public abstract void Fail(Exception error);
    }

    sealed class Call<T>(Func<WriteSession, T> transition, Action<Exception?>? told) : Call
    {
        readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly ExecutionContext? _caller = told is null ? null : ExecutionContext.Capture();
        T? _result;

        public Task<T> Task => _reply.Task;

        public override void Run(WriteSession session) => _result = transition(session);

        public override void Succeed()
        {
            Tell(null);
            _reply.SetResult(_result!);
        }

        public override void Fail(Exception error)
        {
            Tell(error);
            _reply.TrySetException(error);
        }

        // What is measured of it is its caller's.
        void Tell(Exception? error)
        {
            try
            {
                if (_caller is null)
                    told?.Invoke(error);
                else
                    ExecutionContext.Run(_caller, _ => told!(error), null);
            }
            catch (Exception)
            {
                // What became of the call is its answer, and the other calls need this thread, whatever a listener did.
            }
        }
    }
}
