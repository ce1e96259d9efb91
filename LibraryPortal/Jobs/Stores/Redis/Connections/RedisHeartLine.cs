using System.Collections.Concurrent;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>What must be asked and answered however starved the thread pool is: the beats of workers. Calls run one after the other on a thread of their own.</summary>
/// <remarks>The thread is started by the first call and ends when disposed, which breaks off a call under way. Whoever waits for an answer by blocking gets it without the pool too.</remarks>
internal sealed class RedisHeartLine(RedisLine line) : IAsyncDisposable
{
    readonly BlockingCollection<Action> _calls = [];
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _gate = new();
    Thread? _thread;
    bool _closed;

    /// <param name="call">Given the line, which is its own until it returns.</param>
    public Task<T> RunAsync<T>(Func<RedisLine, T> call)
    {
        // What awaits it goes on elsewhere: this thread has the next beat to send.
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
                return Task.FromException<T>(new JobStoreUnavailableException("This process has closed its job store."));
            if (_thread is null)
            {
                _thread = new Thread(Loop) { IsBackground = true, Name = "job store heart line" };
                _thread.UnsafeStart();
            }

            var caller = ExecutionContext.Capture();
            _calls.Add(() => RunAs(caller, () => Answer(answer, call)));
        }

        return answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            _calls.CompleteAdding();
            if (_thread is null)
                _ended.TrySetResult();
        }

        line.Dispose();
        await _ended.Task;
        _calls.Dispose();
    }

    void Answer<T>(TaskCompletionSource<T> answer, Func<RedisLine, T> call)
    {
        try
        {
            answer.SetResult(call(line));
        }
        catch (Exception error)
        {
            answer.SetException(error);
        }
    }

    // What it measures is its caller's.
    static void RunAs(ExecutionContext? caller, Action call)
    {
        if (caller is null)
            call();
        else
            ExecutionContext.Run(caller, static call => ((Action)call!)(), call);
    }

    void Loop()
    {
        foreach (var call in _calls.GetConsumingEnumerable())
            call();
        line.Dispose();
        _ended.TrySetResult();
    }
}
