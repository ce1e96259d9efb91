using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>One multiplexer, for one kind of traffic. Reconnects by itself; is replaced when it does not.</summary>
internal sealed class RedisLink(string purpose, RedisAddress address) : IAsyncDisposable
{
    volatile ConnectionMultiplexer? _multiplexer;
    volatile bool _disposed;

    /// <summary>How long making a multiplexer may take. Default: 4 s, twice what the library takes at most where the process gets its share of the processor.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Raised when a connection broke or came back.</summary>
    public event Action? Disturbed;

    /// <summary>Raised when there is a new multiplexer: subscriptions must be made on it.</summary>
    public event Action? Opened;

    public bool Exists => _multiplexer is not null;

    /// <exception cref="SocketException">There is no connection yet.</exception>
    public IDatabase Database => Multiplexer.GetDatabase();

    /// <inheritdoc cref="Database"/>
    public ISubscriber Subscriber => Multiplexer.GetSubscriber();

    ConnectionMultiplexer Multiplexer =>
        _multiplexer ?? throw new SocketException((int)SocketError.NotConnected);

    /// <summary>Makes the multiplexer. It may come up without a connection and makes one by itself later.</summary>
    public async Task ConnectAsync() => await AdoptAsync(await OpenAsync());

    /// <summary>Makes another multiplexer in place of one that does not recover.</summary>
    /// <returns>False when the other does not get a connection either; then the old one stays.</returns>
    public async Task<bool> TryReplaceAsync()
    {
        var fresh = await OpenAsync();
        if (!fresh.IsConnected)
        {
            await CloseAsync(fresh);
            return false;
        }

        await AdoptAsync(fresh);
        return true;
    }

    /// <summary>Asks for a sign of life on both of the multiplexer's connections.</summary>
    public async Task PingAsync()
    {
        await Database.PingAsync();
        await Subscriber.PingAsync();
    }

    /// <summary>Whether anything listens at the address. Cheaper and quicker to say no than a multiplexer.</summary>
    public static async Task<bool> CanReachAsync(EndPoint[] endPoints, TimeSpan patience)
    {
        foreach (var endPoint in endPoints)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                using var deadline = new CancellationTokenSource(patience);
                await socket.ConnectAsync(endPoint, deadline.Token);
                return true;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // The next endpoint may answer.
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (Interlocked.Exchange(ref _multiplexer, null) is { } multiplexer)
            await CloseAsync(multiplexer);
    }

    async Task<ConnectionMultiplexer> OpenAsync()
    {
        var options = address.Options($"library-portal-{purpose}");
        // The library's own connecting blocks its caller here and there.
        var opening = Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));
        try
        {
            return await opening.WaitAsync(ConnectPatience);
        }
        catch (TimeoutException)
        {
            _ = CloseLateAsync(opening);
            throw;
        }
    }

    // It comes up later all the same, belongs to nobody, and would reconnect for as long as the process lives.
    async Task CloseLateAsync(Task<ConnectionMultiplexer> opening)
    {
        try
        {
            await CloseAsync(await opening);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // It came to nothing, and whoever wanted it has been told already.
        }
    }

    async Task AdoptAsync(ConnectionMultiplexer fresh)
    {
        fresh.ConnectionFailed += OnDisturbed;
        fresh.ConnectionRestored += OnDisturbed;
        // Two may replace it at once: each closes the one that it pushes out.
        var old = Interlocked.Exchange(ref _multiplexer, fresh);
        if (_disposed)
            await DisposeAsync();
        else
            Opened?.Invoke();
        if (old is not null)
            await CloseAsync(old);
    }

    async Task CloseAsync(ConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionFailed -= OnDisturbed;
        multiplexer.ConnectionRestored -= OnDisturbed;
        await Task.Run(() => multiplexer.Close(allowCommandsToComplete: false));
        multiplexer.Dispose();
    }

    void OnDisturbed(object? sender, ConnectionFailedEventArgs change) => Disturbed?.Invoke();
}
