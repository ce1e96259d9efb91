using System.Text.Json;
using StackExchange.Redis;

namespace LibraryPortal.Live;

/// <summary>Carries what one process publishes to the boards of the others, through a Redis channel. Runs from start to stop of the host.</summary>
/// <remarks>Only a hint: while Redis is away nothing is queued, and once it is back every page reads again. The job store reports the outage itself, so the relay stays silent.</remarks>
internal sealed partial class RedisLiveRelay(LiveBoard board, string connection, string channel, ILogger<RedisLiveRelay> log) : IHostedService, IDisposable
{
    readonly string _origin = Guid.NewGuid().ToString("N");
    readonly RedisChannel _channel = new(channel, RedisChannel.PatternMode.Literal);
    readonly CancellationTokenSource _stopped = new();
    ConnectionMultiplexer? _redis;
    Task _connecting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        board.Published += Send;
        // Connecting may take its time; the process serves pages meanwhile.
        _connecting = ConnectAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        board.Published -= Send;
        await _stopped.CancelAsync();
        await _connecting;
        if (_redis is { } redis)
            await redis.CloseAsync(allowCommandsToComplete: false);
    }

    public void Dispose()
    {
        _redis?.Dispose();
        _stopped.Dispose();
    }

    async Task ConnectAsync()
    {
        var options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        options.ClientName = "LibraryPortal-live";
        try
        {
            var redis = await ConnectionMultiplexer.ConnectAsync(options);
            redis.ConnectionRestored += (_, _) => board.Deliver(new MissedChanges());
            await redis.GetSubscriber().SubscribeAsync(_channel, (_, message) => Receive(message));
            _redis = redis;
            if (_stopped.IsCancellationRequested)
                await redis.CloseAsync(allowCommandsToComplete: false);
        }
        catch (RedisException error)
        {
            LogUnavailable(log, error.Message);
        }
    }

    void Send(LiveChange change)
    {
        if (change is JobChanged or MissedChanges || _redis is not { IsConnected: true } redis)
            return;
        var message = JsonSerializer.SerializeToUtf8Bytes(new Message(_origin, change));
        _ = redis.GetSubscriber().PublishAsync(_channel, message, CommandFlags.FireAndForget);
    }

    void Receive(RedisValue message)
    {
        try
        {
            if (JsonSerializer.Deserialize<Message>((byte[])message!) is { } received && received.Origin != _origin)
                board.Deliver(received.Change);
        }
        catch (JsonException error)
        {
            // A newer version next to this one may publish kinds this one does not know.
            LogUnreadable(log, error.Message);
        }
    }

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "Pages of this process will not hear of changes made in others: {Reason}")]
    static partial void LogUnavailable(ILogger log, string reason);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Debug, Message = "A change from another process could not be read: {Reason}")]
    static partial void LogUnreadable(ILogger log, string reason);

    sealed record Message(string Origin, LiveChange Change);
}
