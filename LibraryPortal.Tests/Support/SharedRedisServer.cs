using LibraryPortal.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedRedisServer))]

namespace LibraryPortal.Tests.Support;

/// <summary>One server for all tests that do it no harm; each takes a prefix of its own. Started by the first test that asks.</summary>
public sealed class SharedRedisServer : IAsyncDisposable
{
    readonly SemaphoreSlim _gate = new(1, 1);
    RedisServer? _server;

    /// <summary>The server, or the test is skipped.</summary>
    public async Task<RedisServer> GetAsync()
    {
        RedisServer.Require();
        await _gate.WaitAsync();
        try
        {
            return _server ??= await RedisServer.StartAsync("--appendfsync", "no");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A prefix nobody else uses.</summary>
    public static string NewPrefix() => $"t-{Guid.NewGuid():N}";

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _gate.Dispose();
    }
}
