using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>Looks whether a link answers: makes it when there is none yet, and replaces one that does not recover although Redis is there.</summary>
internal sealed class RedisLinkLook(RedisAddress address, ILogger log)
{
    static readonly TimeSpan ReplaceAfter = TimeSpan.FromSeconds(1.5);

    readonly Dictionary<RedisLink, long> _stuckSince = [];
    readonly Lock _gate = new();

    /// <summary>How long a sign of life may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Throws unless the link answers.</summary>
    public async Task RunAsync(RedisLink link, CancellationToken stop)
    {
        try
        {
            if (!link.Exists)
            {
                if (!await RedisLink.CanReachAsync(address.EndPoints, Patience))
                    throw new SocketException((int)SocketError.ConnectionRefused);
                await link.ConnectAsync();
            }

            await link.PingAsync().WaitAsync(Patience, stop);
            lock (_gate)
                _stuckSince.Remove(link);
        }
        // A refusal is an answer, if none to be glad of: another link would get the same.
        catch (Exception error) when (error is not StackExchange.Redis.RedisServerException)
        {
            if (await IsStuckAsync(link) && await link.TryReplaceAsync())
                RedisStoreLog.LinkReplaced(log, address.Text);
            throw;
        }
    }

    // The library reconnects within about a second of Redis' return. A link that does not, although Redis is there, has lost its way.
    async Task<bool> IsStuckAsync(RedisLink link)
    {
        var isThere = await RedisLink.CanReachAsync(address.EndPoints, Patience);
        lock (_gate)
        {
            if (!isThere)
                _stuckSince.Remove(link);
            else if (!_stuckSince.TryGetValue(link, out var since))
                _stuckSince[link] = TimeProvider.System.GetTimestamp();
            else if (TimeProvider.System.GetElapsedTime(since) > ReplaceAfter)
                return _stuckSince.Remove(link);
        }

        return false;
    }
}
