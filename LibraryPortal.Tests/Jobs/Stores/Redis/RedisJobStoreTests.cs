using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>The Redis store under the suite of all stores, on a real server, in a time that the test moves.</summary>
public sealed class RedisJobStoreTests(SharedRedisServer shared) : JobStoreTests
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

    // Every call waits for the subscriptions made before it.
    protected override async ValueTask SubscribedAsync() => await Store.CountAsync(CancellationToken.None);
}
