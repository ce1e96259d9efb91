using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>The Redis store under the suite of all stores, on a cluster. One node holds all slots; it still refuses a script that touches keys of two.</summary>
public sealed class RedisClusterJobStoreTests(SharedRedisCluster shared) : JobStoreTests, IClassFixture<SharedRedisCluster>
{
    readonly string _prefix = SharedRedisServer.NewPrefix();
    RedisTestClock? _clock;

    protected override DateTimeOffset Now => _clock!.Now;

    protected override DateTimeOffset NowOfEntries => TimeProvider.System.GetUtcNow();

    protected override async ValueTask<IJobStore> OpenAsync() =>
        await RedisStores.ConnectedAsync((_clock ??= await RedisTestClock.StartAsync(await shared.GetAsync(), _prefix)).Open());

    protected override async ValueTask AdvanceAsync(TimeSpan time) => await _clock!.AdvanceAsync(time);

    protected override async Task DamageAsync(JobId id, bool outcomeToo = false) => await RedisRaw.DamageAsync(await shared.GetAsync(), _prefix, id, outcomeToo);

    protected override async Task RewriteAsync(JobId id, Func<string, string> rewrite) => await RedisRaw.RewriteAsync(await shared.GetAsync(), _prefix, id, rewrite);

    protected override async Task<IReadOnlyList<string>> LeftForGoodAsync() => await RedisRaw.LeftForGoodAsync(await shared.GetAsync(), _prefix);

    protected override string[] SetForGood => ["limits", "meta", "schedule:s", "schedules"];

    protected override async ValueTask SubscribedAsync() => await Store.CountAsync(CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        // What no key of another form can do: the tag decides the slot.
        Assert.All(await (await shared.GetAsync()).KeysAsync("*"), key => Assert.Matches(@"^\{t-[0-9a-f]{32}\}:", key));
    }
}
