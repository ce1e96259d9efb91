namespace LibraryPortal.Components.Shared;

/// <summary>One timer for all relative times of a circuit. It runs only while somebody listens.</summary>
internal sealed class SharedClock(TimeProvider time) : IDisposable
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(30);

    readonly Lock _gate = new();
    Action? _listeners;
    ITimer? _timer;

    public void Add(Action listener)
    {
        lock (_gate)
        {
            _listeners += listener;
            _timer ??= time.CreateTimer(_ => _listeners?.Invoke(), null, Beat, Beat);
        }
    }

    public void Remove(Action listener)
    {
        lock (_gate)
        {
            _listeners -= listener;
            if (_listeners is null)
                Dispose();
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
