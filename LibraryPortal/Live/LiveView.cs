namespace LibraryPortal.Live;

/// <summary>Keeps what a component shows true: reads again when something that concerns it changes, or every so often. Reads never overlap, a burst of changes costs one
/// read, and at most one read starts per interval. Dispose it with the component.</summary>
public sealed class LiveView : IDisposable
{
    const int Idle = 0, Reading = 1, ReadingAndStale = 2;

    readonly Func<LiveChange, bool> _concerns;
    readonly Func<Task> _read;
    readonly Func<Exception, Task> _failed;
    readonly TimeSpan _interval;
    readonly TimeProvider _time;
    readonly CancellationTokenSource _disposed = new();
    readonly CancellationToken _closed;
    readonly IDisposable? _subscription;
    readonly ITimer? _beats;
    int _state;

    LiveView(ILiveBoard board, string? userId, Func<LiveChange, bool> concerns, Func<Task> read, Func<Exception, Task> failed, TimeSpan interval, TimeProvider time)
    {
        (_concerns, _read, _failed, _interval, _time, _closed) = (concerns, read, failed, interval, time, _disposed.Token);
        _subscription = userId is null ? board.SubscribeToAll(OnChange) : board.Subscribe(userId, OnChange);
    }

    LiveView(Func<Task> read, Func<Exception, Task> failed, TimeSpan every, TimeProvider time)
    {
        (_concerns, _read, _failed, _interval, _time, _closed) = (static _ => false, read, failed, every, time, _disposed.Token);
        _beats = time.CreateTimer(_ => Stale(), null, every, every);
    }

    /// <summary>Reads every so often what nobody tells changes of; after a slow read the next one waits as long.</summary>
    /// <inheritdoc cref="ForUser"/>
    public static LiveView Every(TimeSpan every, Func<Task> read, Func<Exception, Task> failed, TimeProvider time) => new(read, failed, every, time);

    /// <summary>Watches what concerns one user.</summary>
    /// <param name="concerns">Picks the changes to read again for; missed changes always count.</param>
    /// <param name="read">Reads and renders; go through <c>InvokeAsync</c> of the component.</param>
    /// <param name="failed">Takes what a read threw: the component's <c>DispatchExceptionAsync</c>.</param>
    /// <param name="interval">The shortest time from one read to the next; zero for at once.</param>
    public static LiveView ForUser(
        ILiveBoard board, string userId, Func<LiveChange, bool> concerns, Func<Task> read, Func<Exception, Task> failed,
        TimeSpan interval = default, TimeProvider? time = null) =>
        new(board, userId, concerns, read, failed, interval, time ?? TimeProvider.System);

    /// <summary>Watches everything, for the staff.</summary>
    /// <inheritdoc cref="ForUser"/>
    public static LiveView ForStaff(
        ILiveBoard board, Func<LiveChange, bool> concerns, Func<Task> read, Func<Exception, Task> failed,
        TimeSpan interval = default, TimeProvider? time = null) =>
        new(board, null, concerns, read, failed, interval, time ?? TimeProvider.System);

    public void Dispose()
    {
        _beats?.Dispose();
        _subscription?.Dispose();
        _disposed.Cancel();
        _disposed.Dispose();
    }

    void OnChange(LiveChange change)
    {
        if (change is MissedChanges || _concerns(change))
            Stale();
    }

    /// <summary>Reads again, as if something had changed. Returns at once: whoever published the change must not wait for every page's read.</summary>
    public void Stale()
    {
        if (Interlocked.Exchange(ref _state, ReadingAndStale) == Idle)
            _ = Task.Run(ReadUntilFreshAsync);
    }

    async Task ReadUntilFreshAsync()
    {
        try
        {
            do
            {
                Volatile.Write(ref _state, Reading);
                await _read();
                if (_interval > TimeSpan.Zero)
                    await Task.Delay(_interval, _time, _closed);
            }
            while (Interlocked.CompareExchange(ref _state, Idle, Reading) != Reading && !_closed.IsCancellationRequested);
        }
        catch (Exception) when (_closed.IsCancellationRequested)
        {
            // The page was closed meanwhile.
        }
        catch (Exception error)
        {
            Volatile.Write(ref _state, Idle);
            await _failed(error);
        }
    }
}
