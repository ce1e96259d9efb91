using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Schedules;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>A scheduler's looks on a real server, in a time that the test moves.</summary>
public sealed class RedisSchedulerTests(SharedRedisServer shared) : SchedulerTests
{
    RedisTestClock _clock = null!;

    protected override async ValueTask<IJobStore> OpenAsync()
    {
        _clock = new RedisTestClock(await shared.GetAsync(), SharedRedisServer.NewPrefix());
        await _clock.SetAsync(Clock.GetUtcNow());
        return await RedisStores.ConnectedAsync(_clock.Open());
    }

    protected override async Task SetClockAsync(DateTimeOffset time)
    {
        await base.SetClockAsync(time);
        await _clock.SetAsync(time);
    }
}
