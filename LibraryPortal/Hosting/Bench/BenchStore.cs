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
    string? _file;

    BenchStore(string kind, IServiceCollection services, BenchProbe probe, Func<int, Task<BareFigures>> bare, Func<Task> remove)
    {
        (Kind, Probe, RunBareAsync) = (kind, probe, bare);
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        _services = services.BuildServiceProvider();
        _remove = remove;
    }

    public string Kind { get; }

    public BenchProbe Probe { get; }

    /// <summary>The same work without the engine, so many jobs.</summary>
    public Func<int, Task<BareFigures>> RunBareAsync { get; }

    /// <summary>In bytes, the write-ahead log included; 0 where there is no file.</summary>
    public long FileSize => _file is null ? 0 : new[] { _file, _file + "-wal" }.Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0);

    public IJobStore Store => _services.GetRequiredService<IJobStore>();

    public static BenchStore OpenEmbedded()
    {
        var folder = Directory.CreateTempSubdirectory("libraryportal-bench-").FullName;
        var file = Path.Combine(folder, "jobs.db");
        return new BenchStore(
            "embedded", new ServiceCollection().AddSqliteJobStore(file), new BenchProbe(null), jobs => Task.Run(() => BareSqliteLoop.Run(Path.Combine(folder, "bare.db"), jobs)), () =>
            {
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            }) { _file = file };
    }

    /// <exception cref="SettingException">The address cannot be used.</exception>
    public static async Task<BenchStore> OpenRedisAsync(string address)
    {
        var prefix = $"bench-{Guid.NewGuid():N}"[..14];
        if (RedisStoreModule.FindFault(address, prefix) is { } fault)
            throw new SettingException(fault);
        // Every record is kept until the end, so that the store's count can be held against ours.
        var options = new RedisStoreOptions { Prefix = prefix, KeepSucceeded = int.MaxValue };
        var probe = await ConnectionMultiplexer.ConnectAsync($"{address},abortConnect=false");
        return new BenchStore(
            "redis", new ServiceCollection().AddRedisJobStore(address, options), new BenchProbe(probe), jobs => new BareRedisLoop(probe, prefix).RunAsync(jobs),
            () => RemoveKeysAsync(probe, prefix));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _remove();
        Probe.Dispose();
    }

    static async Task RemoveKeysAsync(ConnectionMultiplexer redis, string prefix)
    {
        // Where nobody answers there is nothing to remove, and why has been said.
        if (!redis.IsConnected)
            return;
        foreach (var server in redis.GetEndPoints().Select(endpoint => redis.GetServer(endpoint)).Where(server => !server.IsSlave))
        {
            foreach (var keys in server.Keys(pattern: $"*{prefix}*", pageSize: 1_000).Chunk(1_000))
                await redis.GetDatabase().KeyDeleteAsync(keys);
        }
    }
}
