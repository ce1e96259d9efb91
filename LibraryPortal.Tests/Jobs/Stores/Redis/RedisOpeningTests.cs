using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>A store that is just opened, while its connections come up one after the other.</summary>
public sealed class RedisOpeningTests(SharedRedisServer shared)
{
    [Fact]
    public async Task JustOpened_IsNotTakenForOut()
    {
        var server = await shared.GetAsync();
        // So many that one is met in between.
        await Parallel.ForEachAsync(Enumerable.Range(0, 80), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (_, stop) =>
        {
            await using RedisJobStore store = RedisStores.Open(server, SharedRedisServer.NewPrefix());
            var changes = 0;
            store.Changed += () => Interlocked.Increment(ref changes);

            await store.CheckAsync(stop);

            Assert.Equal((null, 0), (store.Outage, Volatile.Read(ref changes)));
        });
    }
}
