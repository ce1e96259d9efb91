using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Schedules;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Several schedulers on one server, each with connections of its own.</summary>
public sealed class RedisSchedulerRaceTests(SharedRedisServer shared) : SchedulerRaceTests
{
    readonly string _prefix = SharedRedisServer.NewPrefix();

    protected override async ValueTask<IJobStore> OpenAsync() => await RedisStores.ConnectedAsync(RedisStores.Open(await shared.GetAsync(), _prefix));
}
