using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine.Redis;

/// <summary>The engine on Redis.</summary>
public sealed class RedisJobEngineTests(SharedRedisServer shared) : JobEngineTests
{
    readonly string _prefix = SharedRedisServer.NewPrefix();

    protected override async ValueTask<IJobStore> OpenAsync() => await RedisStores.ConnectedAsync(RedisStores.Open(await shared.GetAsync(), _prefix));

    protected override async ValueTask<IJobStore> OpenBehindAsync(TimeSpan time)
    {
        var clock = await RedisTestClock.StartAsync(await shared.GetAsync(), SharedRedisServer.NewPrefix());
        await clock.SetAsync(TimeProvider.System.GetUtcNow() - time);
        return await RedisStores.ConnectedAsync(clock.Open());
    }

    protected override async Task DamageAsync(JobId id) => await RedisRaw.DamageAsync(await shared.GetAsync(), _prefix, id, outcomeToo: true);

    protected override async Task DamageCursorAsync(JobId id) =>
        Assert.Equal(":0\r\n", await (await shared.GetAsync()).CommandAsync("HSET", $"{{{_prefix}}}:more:{id}", "u", "{\"at\":"));

    protected override async Task RewriteAsync(JobId id, Func<string, string> rewrite) => await RedisRaw.RewriteAsync(await shared.GetAsync(), _prefix, id, rewrite);
}
