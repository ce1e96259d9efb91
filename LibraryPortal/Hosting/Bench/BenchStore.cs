using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using Microsoft.Data.Sqlite;
using StackExchange.Redis;

namespace LibraryPortal.Hosting.Bench;

/// <summary>A store of the bench's own, empty at first and gone at the end: a file in a temporary folder, or keys under a prefix nobody else uses.
/// It keeps every record until then, so that its count can be held against the bench's.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly Lazy<ServiceProvider> _elsewhere;
    readonly Func<Task> _remove;
    string? _file;

    BenchStore(string kind, StoredForm form, IServiceCollection services, BenchProbe probe, Func<BareWork, Task<BareFigures>> bare, Func<Task> remove)
    {
        (Kind, Form, Probe, RunBareAsync) = (kind, form, probe, bare);
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        _services = services.BuildServiceProvider();
        _elsewhere = new Lazy<ServiceProvider>(services.BuildServiceProvider);
        _remove = remove;
    }

    public string Kind { get; }

    public StoredForm Form { get; }

    public BenchProbe Probe { get; }

    /// <summary>The same work without the engine.</summary>
    public Func<BareWork, Task<BareFigures>> RunBareAsync { get; }

    /// <summary>In bytes, the write-ahead log included; 0 where there is no file.</summary>
    public long FileSize => _file is null ? 0 : new[] { _file, _file + "-wal" }.Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>What the rates were measured on: the version, and how it keeps what it is told.</summary>
    public async Task<string> DescribeAsync()
    {
        if (_file is null)
            return await Probe.DescribeRedisAsync();
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        return $"SQLite {connection.ServerVersion}, synchronous=NORMAL";
    }

    /// <summary>Redis' memory, or the pages of the file that hold something; in bytes.</summary>
    public async Task<long> ReadBytesInUseAsync()
    {
        if (_file is null)
            return await Probe.ReadRedisMemoryAsync();
        await using var connection = new SqliteConnection($"Data Source={_file};Mode=ReadWrite;Pooling=False");
        await connection.OpenAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
        return (long)(await read.ExecuteScalarAsync())!;
    }

    public IJobStore Store => _services.GetRequiredService<IJobStore>();

    /// <summary>The store as another process has it, over connections of its own; null for the embedded one, which one process has.</summary>
    public IJobStore? Elsewhere => _file is null ? _elsewhere.Value.GetRequiredService<IJobStore>() : null;

    public static BenchStore OpenEmbedded()
    {
        var folder = Directory.CreateTempSubdirectory("libraryportal-bench-").FullName;
        var file = Path.Combine(folder, "jobs.db");
        return new BenchStore(
            "embedded", StoredForm.Embedded, new ServiceCollection().AddSqliteJobStore(file, EndedCaps.None), new BenchProbe(null),
            work => BareSqliteLoop.RunAsync(Path.Combine(folder, $"bare-{Guid.NewGuid():N}.db"), work), () =>
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
        var options = new RedisStoreOptions { Prefix = prefix, KeepSucceeded = EndedCaps.None.Succeeded };
        var probe = await ConnectionMultiplexer.ConnectAsync($"{address},abortConnect=false");
        return new BenchStore(
            "redis", StoredForm.Redis, new ServiceCollection().AddRedisJobStore(address, options), new BenchProbe(probe), work => new BareRedisLoop(probe, prefix).RunAsync(work),
            () => RemoveKeysAsync(probe, prefix));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_elsewhere.IsValueCreated)
            await _elsewhere.Value.DisposeAsync();
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
