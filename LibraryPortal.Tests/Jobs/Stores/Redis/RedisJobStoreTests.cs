using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>The Redis store under the suite of all stores, on a real server.</summary>
public sealed class RedisJobStoreTests(SharedRedisServer shared) : JobStoreTests
{
    readonly string _prefix = SharedRedisServer.NewPrefix();

    // The server runs on this machine: one clock.
    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected override async ValueTask<IJobStore> OpenAsync() => RedisStores.Open(await shared.GetAsync(), _prefix);

    // The server's clock cannot be moved.
    protected override async ValueTask AdvanceAsync(TimeSpan time) => await Task.Delay(time, TimeProvider.System);

    protected override async Task DamageAsync(JobId id, bool outcomeToo = false) => await RedisRaw.DamageAsync(await shared.GetAsync(), _prefix, id, outcomeToo);

    protected override async Task RewriteAsync(JobId id, Func<string, string> rewrite) => await RedisRaw.RewriteAsync(await shared.GetAsync(), _prefix, id, rewrite);

    // Every call waits for the subscriptions made before it.
    protected override async ValueTask SubscribedAsync() => await Store.CountAsync(CancellationToken.None);
}
