using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace LibraryPortal.Live;

/// <summary>The board of this process: a list of listeners per user, and one of those who listen to all.</summary>
internal sealed partial class LiveBoard(ILogger<LiveBoard> log) : ILiveBoard
{
    readonly ConcurrentDictionary<string, ImmutableList<Subscription>> _byUser = new(StringComparer.Ordinal);
    ImmutableList<Subscription> _all = [];

    /// <summary>Raised for what this process publishes, not for what it hears from others: what a relay sends on.</summary>
    public event Action<LiveChange>? Published;

    public void Publish(LiveChange change)
    {
        Deliver(change);
        Published?.Invoke(change);
    }

    /// <summary>Tells the subscribers of this process only.</summary>
    public void Deliver(LiveChange change)
    {
        Tell(Volatile.Read(ref _all), change);
        if (change.UserId is { } user)
        {
            if (change.Concerns(user) && _byUser.TryGetValue(user, out var subscriptions))
                Tell(subscriptions, change);
            return;
        }

        foreach (var (userId, subscriptions) in _byUser)
        {
            if (change.Concerns(userId))
                Tell(subscriptions, change);
        }
    }

    public IDisposable Subscribe(string userId, Action<LiveChange> listener)
    {
        var subscription = new Subscription(this, userId, listener);
        _byUser.AddOrUpdate(userId, [subscription], (_, list) => list.Add(subscription));
        return subscription;
    }

    public IDisposable SubscribeToAll(Action<LiveChange> listener)
    {
        var subscription = new Subscription(this, null, listener);
        ImmutableInterlocked.Update(ref _all, list => list.Add(subscription));
        return subscription;
    }

    /// <summary>How many listen, so that tests see what a closed page leaves behind.</summary>
    internal int SubscriptionCount => Volatile.Read(ref _all).Count + _byUser.Values.Sum(list => list.Count);

    void Tell(ImmutableList<Subscription> subscriptions, LiveChange change)
    {
        foreach (var subscription in subscriptions)
        {
            // One page that throws must not keep the others from hearing.
            try
            {
                subscription.Listener(change);
            }
            catch (Exception error)
            {
                LogListenerFailed(log, error, change.GetType().Name);
            }
        }
    }

    void Remove(Subscription subscription)
    {
        if (subscription.UserId is not { } userId)
        {
            ImmutableInterlocked.Update(ref _all, list => list.Remove(subscription));
            return;
        }

        while (_byUser.TryGetValue(userId, out var list))
        {
            var rest = list.Remove(subscription);
            var done = rest.IsEmpty
                ? _byUser.TryRemove(new KeyValuePair<string, ImmutableList<Subscription>>(userId, list))
                : _byUser.TryUpdate(userId, rest, list);
            if (done)
                return;
        }
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Error, Message = "A listener to {Change} failed.")]
    static partial void LogListenerFailed(ILogger log, Exception error, string change);

    sealed class Subscription(LiveBoard board, string? userId, Action<LiveChange> listener) : IDisposable
    {
        public string? UserId => userId;

        public Action<LiveChange> Listener => listener;

        public void Dispose() => board.Remove(this);
    }
}
