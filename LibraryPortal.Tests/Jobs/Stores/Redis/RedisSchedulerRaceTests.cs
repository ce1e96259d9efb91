using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Chaos;
using LibraryPortal.Tests.Jobs.Schedules;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Several schedulers on one server, each with connections of its own, or in a process of its own.</summary>
public sealed class RedisSchedulerRaceTests(SharedRedisServer shared) : SchedulerRaceTests
{
    readonly string _prefix = SharedRedisServer.NewPrefix();

    protected override async ValueTask<IJobStore> OpenAsync() => await RedisStores.OpenAsync(await shared.GetAsync(), _prefix);

    [Fact]
    public async Task EachDueTime_WhereOneOfTwoProcessesIsKilled_FiresOnce()
    {
        await using var server = await RedisServer.StartAsync("--appendfsync", "no");
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await using var stage = await ChaosStage.OpenAsync();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => stage.StartAsync($"redis={server.Address}", "schedule=seconds")));
        // At whatever moment that is. That a firing is whole or not at all is its script's doing.
        await FiredAsync((await FiredAsync(1)) + 1);
        await stage.KillAsync(both[0]);
        await FiredAsync((await FiredAsync(1)) + 2);
        await both[1].StopAsync();

        List<DateTimeOffset> due = [];
        foreach (var state in Enum.GetValues<JobState>())
            due.AddRange((await store.ListAsync(new JobQuery(state, 0, 500), CancellationToken.None)).Jobs.Select(job => job.Envelope.ScheduledFor).OfType<DateTimeOffset>());
        due.Sort();
        Assert.Equal(Enumerable.Range(0, due.Count).Select(second => due[0].AddSeconds(second)), due);
        Assert.Equal(due.Count, await FiredAsync(1));

        async Task<long> FiredAsync(long least)
        {
            var fired = 0L;
            await Eventually.HoldsAsync(
                $"{least} due times have fired",
                async () => (fired = (await ((IScheduleStore)store).FindScheduleAsync("seconds", CancellationToken.None))?.Fired ?? 0) >= least, TimeSpan.FromMinutes(2));
            return fired;
        }
    }
}
