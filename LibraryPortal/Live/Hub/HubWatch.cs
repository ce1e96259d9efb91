using System.Collections.Concurrent;
using LibraryPortal.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Live.Hub;

/// <summary>Ends connections to the hub whose account was closed or locked or has changed since its token was given. Looks every
/// <see cref="AccountOptions.RevalidateSeconds"/>; started and stopped by the host.</summary>
internal sealed partial class HubWatch(ISignInCheck signIns, IOptions<AccountOptions> options, TimeProvider time, ILogger<HubWatch> log) : BackgroundService
{
    readonly ConcurrentDictionary<string, HubCallerContext> _connections = new(StringComparer.Ordinal);

    public void Add(HubCallerContext connection) => _connections[connection.ConnectionId] = connection;

    public void Remove(HubCallerContext connection) => _connections.TryRemove(connection.ConnectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.RevalidateSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var connection in _connections.Values)
            {
                if (!await signIns.HoldsAsync(connection.User!, cancellationToken))
                    connection.Abort();
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(log, error);
        }
    }

    [LoggerMessage(EventId = 5105, Level = LogLevel.Error, Message = "The accounts behind the hub's connections could not be read; they are looked at again.")]
    static partial void LogFailed(ILogger log, Exception error);
}
