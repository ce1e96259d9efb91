using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine.Redis;

/// <summary>The engine while its Redis comes and goes: nothing accepted is lost, and work goes on by itself within two seconds of its return.</summary>
public sealed class RedisEngineOutageTests : IAsyncDisposable
{
    const int Count = 1_000;

    static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly List<EngineHost> _hosts = [];
    readonly List<RedisJobStore> _stores = [];
    RedisServer _server = null!;

    [Fact]
    public async Task ServerKilledInTheMiddle_LosesNothingAndWorkGoesOnByItself()
    {
        _server = await RedisServer.StartAsync("--appendfsync", "always");
        var web = await StartAsync(worker: false);
        var worker = await StartAsync();
        var handles = await web.Client.EnqueueManyAsync(Scripts(Count));
        await worker.Stage.StartedAsync("300");

        await _server.KillAsync();
        await _server.StartAsync();
        var before = worker.Stage.Runs.Count;
        var back = await Eventually.HoldsAsync("jobs run again", () => worker.Stage.Runs.Count > before, BackWithin);

        Assert.InRange(back, TimeSpan.Zero, BackWithin);
        await AssertAllSucceedAsync(handles);
    }

    [Theory]
    [InlineData("CLIENT", "KILL", "TYPE", "normal")]
    [InlineData("CLIENT", "KILL", "TYPE", "pubsub")]
    [InlineData("CLIENT", "PAUSE", "500", "ALL")]
    [InlineData("SCRIPT", "FLUSH")]
    public async Task ConnectionsDisturbedAgainAndAgain_LosesNothing(params string[] command)
    {
        _server = await RedisServer.StartAsync("--appendfsync", "no");
        var web = await StartAsync(worker: false);
        await StartAsync();
        await StartAsync();
        List<JobHandle> handles = [.. await web.Client.EnqueueManyAsync(Scripts(Count))];

        for (var i = 0; i < 3; i++)
        {
            await _server.CommandAsync(command);
            handles.AddRange(await UntilEachWorkerRunsAsync(web, $"after {i}"));
        }

        await AssertAllSucceedAsync(handles);
    }

    [Fact]
    public async Task WorkersOnStoresOfTheirOwn_ShareTheJobsAndRunEachOnce()
    {
        _server = await RedisServer.StartAsync("--appendfsync", "no");
        var web = await StartAsync(worker: false);
        var one = await StartAsync(slots: 4);
        var two = await StartAsync(slots: 4);

        await AssertAllSucceedAsync(await web.Client.EnqueueManyAsync(Scripts(Count)));

        var runs = one.Stage.Runs.Concat(two.Stage.Runs).ToList();
        Assert.Equal(Count, runs.Count);
        Assert.Equal(Count, runs.Distinct().Count());
        Assert.NotEmpty(one.Stage.Runs);
        Assert.NotEmpty(two.Stage.Runs);
    }

    [Fact]
    public async Task IdleWorker_AsksRedisSeldom()
    {
        _server = await RedisServer.StartAsync("--appendfsync", "no");
        await StartAsync();
        await Eventually.HoldsAsync("the worker idles", async () => (await _server.KeysAsync("{lp}:idle:*")).Count > 0);

        var before = await CommandsAsync();
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        var perSecond = (await CommandsAsync() - before - 1) / watch.Elapsed.TotalSeconds;

        // A poll, a reap and half a beat a second, the first two up to a tenth sooner. Over so short a time one more may fall in.
        TestContext.Current.TestOutputHelper?.WriteLine($"{perSecond:N2} commands a second");
        Assert.InRange(perSecond, 0, 3 + (1 / watch.Elapsed.TotalSeconds));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        foreach (var store in _stores)
            await store.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    static IEnumerable<Script> Scripts(int count) => Enumerable.Range(0, count).Select(number => new Script($"{number}"));

    // Each, not some: one that works would hide one that does not. By jobs enqueued from now on: one claimed before may run on without Redis.
    async Task<List<JobHandle>> UntilEachWorkerRunsAsync(EngineHost web, string mark)
    {
        List<JobHandle> handles = [];
        await Eventually.HoldsAsync("each worker runs jobs enqueued from now on", async () =>
        {
            try
            {
                handles.Add(await web.Client.EnqueueAsync(new Script($"{mark}: {handles.Count}")));
            }
            catch (JobStoreUnavailableException)
            {
                return false;
            }

            return _hosts.Where(host => host != web).All(host => host.Stage.Runs.Any(run => run.Key.StartsWith(mark, StringComparison.Ordinal)));
        }, Patience);
        return handles;
    }

    async Task<EngineHost> StartAsync(bool worker = true, int slots = 16)
    {
        var store = RedisStores.Open(_server, "lp");
        _stores.Add(store);
        var host = await EngineHost.StartAsync(store, options => options.Slots = slots, worker);
        host.Stage.Play = static async (script, job) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, job.CancellationToken);
            return script.Key;
        };
        _hosts.Add(host);
        return host;
    }

    static async Task AssertAllSucceedAsync(IReadOnlyList<JobHandle> handles)
    {
        foreach (var handle in handles)
            Assert.Equal(JobState.Succeeded, (await handle.WaitAsync(Patience)).State);
    }

    // Client commands as Redis counts them, those inside scripts left out.
    async Task<long> CommandsAsync()
    {
        var stats = await _server.CommandAsync("INFO", "commandstats");
        return stats.Split("\r\n").Where(static line => line.StartsWith("cmdstat_", StringComparison.Ordinal))
            .Where(static line => line.Split(':')[0]["cmdstat_".Length..] is "evalsha" or "eval" or "ping" or "publish" or "info" or "get" or "set" or "unsubscribe")
            .Sum(static line => long.Parse(line.Split("calls=")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture));
    }
}
