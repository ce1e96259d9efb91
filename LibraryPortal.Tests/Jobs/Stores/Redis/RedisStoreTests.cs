using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>A store under a prefix of its own, with one worker, and a look at the keys behind it.</summary>
public abstract class RedisStoreTests(SharedRedisServer shared) : IAsyncLifetime
{
    RedisServer _server = null!;
    RedisJobStore _store = null!;

    private protected string Prefix { get; } = SharedRedisServer.NewPrefix();

    private protected RedisServer Server => _server;

    private protected RedisJobStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        _store = await OpenAsync();
        await _store.BeatAsync("w");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<RedisJobStore> OpenAsync(RedisStoreOptions? options = null) => RedisStores.OpenAsync(_server, Prefix, options);

    private protected string Key(string name) => $"{{{Prefix}}}:{name}";
}
