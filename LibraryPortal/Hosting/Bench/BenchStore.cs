using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using StackExchange.Redis;

namespace LibraryPortal.Hosting.Bench;

/// <summary>A store of the bench's own, empty at first and gone at the end: a file in a temporary folder, or keys under a prefix nobody else uses.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly Func<Task> _remove;

    BenchStore(IServiceCollection services, Func<Task> remove)
    {
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        _services = services.BuildServiceProvider();
        _remove = remove;
    }

    public IJobStore Store => _services.GetRequiredService<IJobStore>();

    public static BenchStore OpenEmbedded()
    {
        var folder = Directory.CreateTempSubdirectory("libraryportal-bench-").FullName;
        return new BenchStore(new ServiceCollection().AddSqliteJobStore(Path.Combine(folder, "jobs.db")), () =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    /// <exception cref="SettingException">The address cannot be used.</exception>
    public static BenchStore OpenRedis(string address)
    {
        var prefix = $"bench-{Guid.NewGuid():N}"[..14];
        if (RedisStoreModule.FindFault(address, prefix) is { } fault)
            throw new SettingException(fault);
        // Every record is kept until the end, so that the store's count can be held against ours.
        var options = new RedisStoreOptions { Prefix = prefix, KeepSucceeded = int.MaxValue };
        return new BenchStore(new ServiceCollection().AddRedisJobStore(address, options), () => RemoveKeysAsync(address, prefix));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _remove();
    }

    static async Task RemoveKeysAsync(string address, string prefix)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        foreach (var server in redis.GetEndPoints().Select(endpoint => redis.GetServer(endpoint)).Where(server => !server.IsSlave))
        {
            foreach (var keys in server.Keys(pattern: $"*{prefix}*", pageSize: 1_000).Chunk(1_000))
                await redis.GetDatabase().KeyDeleteAsync(keys);
        }
    }
}
