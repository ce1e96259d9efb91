using LibraryPortal.Hosting.Bench;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>The loops the engine is held against do all of the work, whatever the size of their calls.</summary>
public sealed class BareLoopTests(SharedRedisServer shared)
{
    static readonly BareWork Work = new(1_000) { EnqueueBatch = 300, DrainBatch = 77 };

    [Fact]
    public async Task Redis_TakesAndEndsEveryJob()
    {
        var prefix = SharedRedisServer.NewPrefix();
        using var redis = await ConnectionMultiplexer.ConnectAsync((await shared.GetAsync()).Address);

        var figures = await new BareRedisLoop(redis, prefix).RunAsync(Work);

        var database = redis.GetDatabase();
        Assert.False(await database.KeyExistsAsync($"{{{prefix}}}:bare-ready"));
        Assert.False(await database.KeyExistsAsync($"{{{prefix}}}:bare-claims"));
        Assert.Equal(1_000, redis.GetServer(redis.GetEndPoints()[0]).Keys(pattern: $"{{{prefix}}}:bare-job:*", pageSize: 1_000).Count());
        AssertMeasured(figures);
    }

    [Fact]
    public async Task Sqlite_TakesAndEndsEveryJob()
    {
        using var folder = new TemporaryFolder();

        var figures = await BareSqliteLoop.RunAsync(folder.File("bare.db"), Work);

        await using var connection = new SqliteConnection($"Data Source={folder.File("bare.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM job WHERE state = 4 AND worker = 'w'";
        Assert.Equal(1_000L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        AssertMeasured(figures);
    }

    static void AssertMeasured(BareFigures figures)
    {
        Assert.True(figures.Enqueue.Rate > 0 && figures.Drain.Rate > 0);
        Assert.True(figures.Enqueue.Processor > 0 && figures.Drain.Processor > 0);
    }
}
