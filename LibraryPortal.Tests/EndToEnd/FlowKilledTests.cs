using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.EndToEnd;

/// <summary>A chord of a thousand over real processes, one of which is killed in its middle.</summary>
public sealed class FlowKilledTests
{
    const int Members = 1_000;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Chord_WhoseWorkerIsKilledInTheMiddle_CallsBackOnceAndLosesNone()
    {
        using var data = new TemporaryFolder();
        await using var redis = await RedisServer.StartAsync();
        // The web process brings the database that workers wait for.
        await using var web = await StartAsync("web", redis, data.Path);
        await using var first = await StartAsync("worker", redis, data.Path);
        await using var second = await StartAsync("worker", redis, data.Path);
        await using var services = Open(redis);
        var (flows, inspector) = (services.GetRequiredService<IJobFlows>(), services.GetRequiredService<IJobInspector>());
        var group = Flow.Group(Enumerable.Repeat<IJobArgs>(new Sleep(0.05), Members));

        var handle = await flows.StartAsync(Flow.Chord(group, new Noop()));
        await Eventually.HoldsAsync("a part of it is done", async () => (await handle.FindAsync())!.Succeeded > Members / 10, Patience);
        await first.KillAsync();
        var inTheMiddle = (await handle.FindAsync())!;
        Assert.InRange(inTheMiddle.Succeeded, Members / 10, Members - 1);

        var flow = await handle.WaitAsync(Patience);

        Assert.Equal((FlowState.Succeeded, Members + 1), (flow.State, flow.Succeeded));
        var callback = Assert.Single(await inspector.ListFlowJobsAsync(handle.Id, Members, 1)).Record!;
        Assert.Equal((JobState.Succeeded, 1, 0), (callback.State, callback.Attempt, callback.Crashes));
        // One run of it, and none left to come.
        Assert.Equal(Members + 1, (await inspector.CountAsync())[JobState.Succeeded]);
        Assert.Equal(0, (await inspector.CountAsync()).ByState.Where(count => count.Key != JobState.Succeeded).Sum(count => count.Value));
        // The last member ended before it began: nobody called back early.
        for (var offset = 0; offset < Members; offset += 200)
        {
            foreach (var member in await inspector.ListFlowJobsAsync(handle.Id, offset, 200))
                Assert.True(member.Record!.FinishedAt <= callback.StartedAt && member.State == JobState.Succeeded, $"{member}");
        }
    }

    static Task<PortalProcess> StartAsync(string role, RedisServer redis, string data) =>
        PortalProcess.StartAsync(role, data, ("ConnectionStrings:Redis", redis.Address), ("Jobs:Diagnostics", "true"));

    static ServiceProvider Open(RedisServer redis)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddJobs().AddDiagnosticsJobs();
        services.AddSingleton<IJobStore>(_ => RedisStores.Open(redis, "lp"));
        return services.BuildServiceProvider();
    }
}
