using System.Threading.Channels;
using LibraryPortal.Jobs.Events;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Carries a store's events to the listeners of this process, in order, away from the thread that wrote them. A listener too slow for the
/// stream loses events and is told so by a gap; it never holds the store up.</summary>
/// <remarks>Started by the store that owns it; runs only while events come; stops when disposed.</remarks>
internal sealed class EventDispatcher : IJobEvents, IAsyncDisposable
{
    const int MaxWaiting = 4_096;

    readonly Channel<IReadOnlyList<JobEvent>> _waiting = Channel.CreateBounded<IReadOnlyList<JobEvent>>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    readonly SubscriberList<Action<IReadOnlyList<JobEvent>>> _listeners;
    readonly SubscriberList<Action> _gapListeners;
    readonly Task _loop;
    int _gap;

    /// <param name="failed">Told of listeners that threw.</param>
    public EventDispatcher(Action<Exception> failed)
    {
        _listeners = new() { Failed = failed };
        _gapListeners = new() { Failed = failed };
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Whether anyone listens; where nobody does, events need not be made.</summary>
    public bool Any => _listeners.Any;

    public IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener) => _listeners.Add(listener);

    public IDisposable SubscribeToGaps(Action listener) => _gapListeners.Add(listener);

    public void Publish(IReadOnlyList<JobEvent> events)
    {
        if (!_waiting.Writer.TryWrite(events))
            Volatile.Write(ref _gap, 1);
    }

    /// <summary>Tells everyone that events may have been missed.</summary>
    public void PublishGap()
    {
        Volatile.Write(ref _gap, 1);
        _waiting.Writer.TryWrite([]);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
    }

    async Task RunAsync()
    {
        await foreach (var events in _waiting.Reader.ReadAllAsync())
        {
            if (events.Count > 0)
                _listeners.Call(events, static (listener, batch) => listener(batch));
            if (Interlocked.Exchange(ref _gap, 0) == 1)
                _gapListeners.Call(0, static (listener, _) => listener());
        }
    }
}
