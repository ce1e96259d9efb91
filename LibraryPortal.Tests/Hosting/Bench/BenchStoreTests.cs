using LibraryPortal.Hosting.Bench;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>What a measurement says of where it was made.</summary>
public sealed class BenchStoreTests
{
    [Fact]
    public async Task Redis_SaysWhetherItKeepsAnAppendOnlyFile()
    {
        await using var redis = await RedisServer.StartAsync("--appendfsync", "everysec");
        await using var store = await BenchStore.OpenRedisAsync(redis.Address);

        Assert.Matches(@"^Redis 7\.[0-9.]+, appendonly yes \(everysec\)$", await store.DescribeAsync());

        await redis.CommandAsync("CONFIG", "SET", "appendonly", "no");
        Assert.EndsWith(", appendonly no", await store.DescribeAsync(), StringComparison.Ordinal);
    }
}
