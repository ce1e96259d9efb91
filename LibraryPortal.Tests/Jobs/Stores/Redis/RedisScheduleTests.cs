using System.Globalization;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>What the suite of all stores cannot do: a clock that was set back. The server's cannot be moved, so its memory of the time is.</summary>
public sealed class RedisScheduleTests(SharedRedisServer shared)
{
    readonly string _prefix = SharedRedisServer.NewPrefix();

    [Theory]
    [InlineData(2.9, false)]
    [InlineData(3.1, true)]
    public async Task FindDue_AfterTheClockWasSetBack_GivesTheScheduleWhenItWasFar(double hours, bool given)
    {
        var server = await shared.GetAsync();
        await using var store = await RedisStores.OpenAsync(server, _prefix);
        await store.SaveScheduleAsync(new ScheduleWrite("s", 0, new byte[] { 1 }, IsActive: true, StartsAnew: true), CancellationToken.None);
        await store.SaveScheduleAsync(new ScheduleWrite("paused", 0, new byte[] { 1 }, IsActive: false, StartsAnew: true), CancellationToken.None);
        var schedule = (await store.FindScheduleAsync("s", CancellationToken.None))!;
        var wrong = TimeProvider.System.GetUtcNow().AddHours(hours);
        await store.FireScheduleAsync(
            new FireRequest("s", schedule.Revision, OverlapPolicy.Skip, []) { Progress = new ScheduleProgress(wrong, wrong.AddHours(1)) }, CancellationToken.None);
        await server.CommandAsync("HSET", $"{{{_prefix}}}:meta", "looked", wrong.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

        var due = (await store.FindDueSchedulesAsync(10, CancellationToken.None)).Due;

        Assert.Equal(given ? ["s"] : [], due.Select(found => found.Name));
    }

    [Fact]
    public async Task EveryCall_KeepsToOneSlotOfACluster()
    {
        await using var server = await RedisServer.StartAsync("--cluster-enabled", "yes");
        await server.CommandAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await Eventually.HoldsAsync("the cluster is up", async () => (await server.CommandAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal));
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await store.SaveScheduleAsync(new ScheduleWrite("s", 0, new byte[] { 1 }, IsActive: true, StartsAnew: true), CancellationToken.None);
        var revision = await RevisionAsync();
        foreach (var overlap in Enum.GetValues<OverlapPolicy>())
        {
            var due = new DueJob(TimeProvider.System.GetUtcNow().AddSeconds(-1), RedisStoreTest.Job(unique: $"{overlap}"));
            Assert.False((await store.FireScheduleAsync(new FireRequest("s", revision, overlap, [due]) { Head = due }, CancellationToken.None)).IsStale);
            revision = await RevisionAsync();
        }

        Assert.Single((await store.FindDueSchedulesAsync(10, CancellationToken.None)).Due);
        Assert.Single(await store.ListSchedulesAsync(CancellationToken.None));
        var slots = await Task.WhenAll((await server.KeysAsync("*")).Select(key => server.CommandAsync("CLUSTER", "KEYSLOT", key)));
        Assert.Single(slots.Distinct());
        Assert.True(await store.DeleteScheduleAsync("s", revision, CancellationToken.None));

        async Task<long> RevisionAsync() => (await store.FindScheduleAsync("s", CancellationToken.None))!.Revision;
    }
}
