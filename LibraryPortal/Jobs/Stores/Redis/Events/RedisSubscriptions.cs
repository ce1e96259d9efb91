using System.Net.Sockets;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Events;

/// <summary>The channels this process is subscribed to. Each is subscribed to when its first listener comes, on every new multiplexer, and again when the library has
/// lost it.</summary>
/// <remarks>Looks four times a second whether all are in effect, which asks the library and not Redis. Stops when disposed. Times are real ones: sockets know no other.</remarks>
internal sealed class RedisSubscriptions : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    readonly RedisLink _link;
    readonly RedisWatch _watch;
    readonly ITimer _look;
    readonly List<Channel> _channels = [];
    readonly Lock _gate = new();
    Task _settled = Task.CompletedTask;

    public RedisSubscriptions(RedisLink link, RedisWatch watch)
    {
        (_link, _watch) = (link, watch);
        link.Opened += SubscribeAnew;
        _look = TimeProvider.System.CreateTimer(_ => Look(), null, Rest, Rest);
    }

    /// <summary>Raised when a lost subscription is in effect again: messages may have been missed.</summary>
    public event Action? Renewed;

    /// <summary>Completes when all subscriptions asked for so far are in effect, or cannot be had now.</summary>
    public Task SettledAsync() => Volatile.Read(ref _settled);

    /// <param name="handler">Called with each message. A channel has one handler: the first.</param>
    public void Listen(RedisChannel name, Action<byte[]> handler)
    {
        lock (_gate)
        {
            if (_channels.Exists(channel => channel.Name == name))
                return;
            var added = new Channel(name, handler);
            _channels.Add(added);
            _settled = Task.WhenAll(_settled, SubscribeAsync(added));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _link.Opened -= SubscribeAnew;
        await _look.DisposeAsync();
    }

    void SubscribeAnew()
    {
        lock (_gate)
            _settled = Task.WhenAll(_channels.Select(SubscribeAsync));
    }

    // When a server does not answer the library's own look at it in time, as after its connection was cut, the library ends the subscriptions on that server and,
    // finding no other, never makes them again, though the connection they were on is well.
    void Look()
    {
        lock (_gate)
        {
            if (_settled.IsCompleted && _channels.FindAll(channel => !IsInEffect(channel)) is { Count: > 0 } lost)
                _settled = RenewAsync(lost);
        }
    }

    bool IsInEffect(Channel channel)
    {
        try
        {
            return _link.Subscriber.SubscribedEndpoint(channel.Name) is not null;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    async Task RenewAsync(List<Channel> lost)
    {
        try
        {
            var subscriber = _link.Subscriber;
            foreach (var channel in lost)
            {
                // To the library it is still a subscription, of which there is nothing to send.
                await subscriber.UnsubscribeAsync(channel.Name).WaitAsync(Patience);
                await SubscribeAsync(subscriber, channel);
            }

            if (lost.TrueForAll(IsInEffect))
                Renewed?.Invoke();
        }
        catch (Exception error) when (IsOutage(error))
        {
            // The next look tries again.
        }
    }

    async Task SubscribeAsync(Channel channel)
    {
        await _watch.StartedAsync();
        try
        {
            var subscriber = _link.Subscriber;
            if (Interlocked.Exchange(ref channel.On, subscriber.Multiplexer) != subscriber.Multiplexer)
                await SubscribeAsync(subscriber, channel);
        }
        catch (Exception error) when (IsOutage(error))
        {
            // Without a multiplexer the next one is subscribed on; with one the next look tries again.
        }
    }

    static Task SubscribeAsync(ISubscriber subscriber, Channel channel) =>
        subscriber.SubscribeAsync(channel.Name, (_, message) => channel.Handler((byte[]?)message ?? [])).WaitAsync(Patience);

    static bool IsOutage(Exception error) => error is RedisException or SocketException or TimeoutException or ObjectDisposedException;

    sealed class Channel(RedisChannel name, Action<byte[]> handler)
    {
        public readonly RedisChannel Name = name;
        public readonly Action<byte[]> Handler = handler;

        /// <summary>The multiplexer it is subscribed on.</summary>
        public object? On;
    }
}
