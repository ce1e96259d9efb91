namespace LibraryPortal.Tests.Support;

/// <summary>A Redis Cluster of one node that holds all slots, for one class of tests.</summary>
public sealed class SharedRedisCluster : IAsyncDisposable
{
    readonly SemaphoreSlim _gate = new(1, 1);
    RedisServer? _server;

    /// <summary>The node, or the test is skipped.</summary>
    public async Task<RedisServer> GetAsync()
    {
        RedisServer.Require();
        await _gate.WaitAsync();
        try
        {
            return _server ??= await StartAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A node of one's own.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var server = await RedisServer.StartAsync("--cluster-enabled", "yes", "--appendfsync", "no");
        await server.CommandAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await Eventually.HoldsAsync(
            "the cluster is up", async () => (await server.CommandAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _gate.Dispose();
    }
}
