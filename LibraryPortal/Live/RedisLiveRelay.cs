using System.Text.Json;
using StackExchange.Redis;

namespace LibraryPortal.Live;

/// <summary>Carries what one process publishes to the boards of the others, through a Redis channel. Runs from start to stop of the host.</summary>
/// <remarks>Only a hint: while Redis is away nothing is queued, and once it is back every page reads again. The job store reports the outage itself, so the relay stays silent.</remarks>
internal sealed partial class RedisLiveRelay(LiveBoard board, string connection, string channel, TimeProvider time, ILogger<RedisLiveRelay> log) : IHostedService, IDisposable
{
    static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(5);

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
        for (var tries = 1; !_stopped.IsCancellationRequested; tries++)
        {
            try
            {
                await JoinAsync();
                // What others published while this process did not listen is lost.
                if (tries > 1)
                    board.Deliver(new MissedChanges());
                return;
            }
            catch (Exception error)
            {
                if (tries == 1)
                    LogUnavailable(log, error.Message);
            }

            await Task.Delay(RestAfterFailure, time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task JoinAsync()
    {
        var options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        options.ClientName = "LibraryPortal-live";
        var redis = await ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            redis.ConnectionRestored += (_, _) => board.Deliver(new MissedChanges());
            await redis.GetSubscriber().SubscribeAsync(_channel, (_, message) => Receive(message));
        }
        catch
        {
            redis.Dispose();
            throw;
        }

        _redis = redis;
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

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "Pages of this process do not hear of changes made in others yet; joining them is tried again. {Reason}")]
    static partial void LogUnavailable(ILogger log, string reason);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Debug, Message = "A change from another process could not be read: {Reason}")]
    static partial void LogUnreadable(ILogger log, string reason);

    sealed record Message(string Origin, LiveChange Change);
}
