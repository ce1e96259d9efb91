using System.Collections.Concurrent;
using System.Text;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Events;

/// <summary>The channels this process listens to: job events while somebody wants them, and wake-ups for the workers that live here.</summary>
/// <remarks>Messages are hints: whoever hears none for a while looks all the same.</remarks>
internal sealed class RedisMessages : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly RedisKeys _keys;
    readonly RedisLink _link;
    readonly RedisWatch _watch;
    readonly RedisSubscriptions _subscriptions;
    readonly EventDispatcher _events;
    readonly SubscriberList<Action<WakeUp>> _wakeUps;
    readonly ConcurrentDictionary<string, byte> _workers = new(StringComparer.Ordinal);

    /// <param name="failed">Told of listeners that threw.</param>
    public RedisMessages(RedisKeys keys, RedisLink link, RedisWatch watch, Action<Exception> failed)
    {
        _keys = keys;
        _link = link;
        _watch = watch;
        _events = new EventDispatcher(failed);
        _wakeUps = new() { Failed = failed };
        _subscriptions = new RedisSubscriptions(link, watch);
        _subscriptions.Renewed += OnRestored;
        watch.Restored += OnRestored;
    }

    /// <summary>Completes when all subscriptions asked for so far are in effect, or cannot be had now.</summary>
    public Task SettledAsync() => _subscriptions.SettledAsync();

    public IDisposable Subscribe(Action<IReadOnlyList<JobEvent>> listener)
    {
        var subscription = _events.Subscribe(listener);
        _subscriptions.Listen(_keys.Events, OnEvents);
        return subscription;
    }

    public IDisposable SubscribeToGaps(Action listener) => _events.SubscribeToGaps(listener);

    public IDisposable SubscribeToWakeUps(Action<WakeUp> listener)
    {
        var subscription = _wakeUps.Add(listener);
        _subscriptions.Listen(_keys.Wake, OnWake);
        return subscription;
    }

    /// <summary>Wake-ups for this worker are heard here from now on.</summary>
    public void Adopt(string worker) => _workers.TryAdd(RedisText.Escape(worker), 0);

    public void Forget(string worker) => _workers.TryRemove(RedisText.Escape(worker), out _);

    /// <summary>Wakes the workers that live here, as if Redis had told them of work.</summary>
    public void WakeForWork() => Wake(WakeUp.Work);

    /// <summary>Sends events to every process, this one included.</summary>
    public Task PublishAsync(byte[] message) => _link.Subscriber.PublishAsync(_keys.Events, message).WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        _watch.Restored -= OnRestored;
        await _subscriptions.DisposeAsync();
        await _events.DisposeAsync();
    }

    void OnRestored()
    {
        Wake(WakeUp.Restored);
        _ = TellGapAsync();
    }

    // Not before the subscriptions are in effect again: what is read after that is not missed.
    async Task TellGapAsync()
    {
        await SettledAsync();
        _events.PublishGap();
    }

    void OnEvents(byte[] message)
    {
        if (message.AsSpan().SequenceEqual(EventPublisher.Gap))
            _events.PublishGap();
        else if (_events.Any)
            _events.Publish(EventMessage.Read(message));
    }

    // "W" for work or "C" for a command, then the workers meant; "S" for schedules.
    void OnWake(byte[] message)
    {
        if (message is [(byte)'S'])
        {
            Wake(WakeUp.Schedules);
            return;
        }

        var words = Encoding.UTF8.GetString(message).Split(' ');
        if (words.Skip(1).Any(_workers.ContainsKey))
            Wake(words[0] == "C" ? WakeUp.Command : WakeUp.Work);
    }

    void Wake(WakeUp why) => _wakeUps.Call(why, static (listener, reason) => listener(reason));
}
