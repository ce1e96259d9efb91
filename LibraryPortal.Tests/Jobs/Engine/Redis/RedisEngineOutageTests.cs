using System.Collections.Concurrent;
using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Engine.Redis;

/// <summary>The engine while its Redis comes and goes: nothing accepted is lost, and work goes on by itself within two seconds of its return.</summary>
[Collection(nameof(RunsAlone))]
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

    [Theory]
    [InlineData("has lost a part of itself")]
    [InlineData("is a read-only replica")]
    [InlineData("cannot save its data")]
    public async Task ServerThatAnswersAndRefusesWrites_IsSaidOnce_PutsNobodyInARush_AndIsUsedAgainByItself(string refusal)
    {
        _server = await RedisServer.StartAsync("--dbfilename", "kept.rdb");
        var log = new LogLines<RedisJobStore>();
        var store = RedisStores.Open(_server, "lp", log: log);
        _stores.Add(store);
        ConcurrentQueue<string?> changes = [];
        store.Changed += () => changes.Enqueue(store.Outage);
        var host = await EngineHost.StartAsync(store, Brisk, jobs: services => services.AddSingleton<IScheduleStore>(store).AddJobScheduler());
        _hosts.Add(host);
        await (await host.Client.EnqueueAsync(new Script("before"))).WaitForResultAsync(Patience);
        Assert.Empty(changes);

        await RefuseWritesAsync(refusal, refuse: true);
        await Eventually.HoldsAsync("the refusal is noticed", () => store.Outage is not null);
        // The worker beats ten times a second, and looks for work and for the dead as often; woken by each seeming recovery it would do so thousands of times.
        var beats = 0;
        host.Store.HoldsRequestOf = name =>
        {
            beats += name == "beat" ? 1 : 0;
            return Task.CompletedTask;
        };
        await Eventually.HoldsAsync("it was tried a dozen times", () => Volatile.Read(ref beats) >= 12);

        Assert.Contains(refusal, Assert.Single(changes), StringComparison.Ordinal);
        await RefuseWritesAsync(refusal, refuse: false);
        // Told of right after it is over.
        await Eventually.HoldsAsync("the outage is over", () => store.Outage is null && changes.Count > 1);
        Assert.Equal("after", await (await host.Client.EnqueueAsync(new Script("after"))).WaitForResultAsync(Patience));
        Assert.Equal(2, changes.Count);
        Assert.DoesNotContain(log.Lines, line => line.Contains("was replaced", StringComparison.Ordinal));
        // As anybody reads it: once.
        Assert.Contains(refusal, Assert.Single(host.Errors), StringComparison.Ordinal);
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

        var watch = Stopwatch.StartNew();
        var asked = await _server.WatchAsync(TimeSpan.FromSeconds(4));
        var perSecond = asked.Count / watch.Elapsed.TotalSeconds;

        // A poll, a reap and half a beat a second, the first two up to a tenth sooner. Over so short a time one more may fall in.
        TestContext.Current.TestOutputHelper?.WriteLine($"{perSecond:N2} commands a second");
        Assert.True(perSecond is > 1 and var few && few <= 3 + (1 / watch.Elapsed.TotalSeconds), $"{perSecond:N2} commands a second:\n{string.Join('\n', asked)}");
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

    // Its lease does not end meanwhile: what is looked at is how the store is asked.
    static void Brisk(JobsOptions options) =>
        (options.Heartbeat, options.PollInterval, options.Lease, options.ReapAfter) = (TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));

    async Task RefuseWritesAsync(string refusal, bool refuse)
    {
        if (refusal.Contains("part of itself", StringComparison.Ordinal))
        {
            await _server.CommandAsync("CONFIG", "SET", "min-replicas-to-write", refuse ? "1" : "0");
        }
        else if (refusal.Contains("replica", StringComparison.Ordinal))
        {
            await _server.CommandAsync(refuse ? ["REPLICAOF", "127.0.0.1", "1"] : ["REPLICAOF", "NO", "ONE"]);
        }
        else
        {
            // A folder where its file should be: the save fails, and with it, as Redis is set by default, every write.
            var file = Path.Combine((await _server.CommandAsync("CONFIG", "GET", "dir")).Split("\r\n")[^2], "kept.rdb");
            await _server.CommandAsync("CONFIG", "SET", "save", "3600 1");
            if (refuse)
                Directory.CreateDirectory(file);
            else
                Directory.Delete(file);
            await _server.CommandAsync("BGSAVE");
        }
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
}
