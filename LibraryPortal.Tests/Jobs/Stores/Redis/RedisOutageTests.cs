using System.Collections.Concurrent;
using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>What happens to Redis must not happen to jobs: each test hurts a server of its own.</summary>
[Collection(nameof(RunsAlone))]
public sealed class RedisOutageTests
{
    static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task ScriptFlush_IsNotNoticed()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await store.BeatAsync("w");
        var job = await store.RunAsync("w", RedisStoreTest.Job());

        await server.CommandAsync("SCRIPT", "FLUSH");

        Assert.Equal([true], await store.FinishAsync("w", [job]));
        Assert.Equal(JobState.Succeeded, await store.StateAsync(job.Envelope.Id));
        Assert.Null(store.Outage);
    }

    [Fact]
    public async Task KilledServer_Restarted_HasAllThatWasAcceptedAndIsUsedAtOnce()
    {
        await using var server = await RedisServer.StartAsync("--appendfsync", "always");
        await using var store = RedisStores.Open(server, "lp");
        await store.BeatAsync("w");
        var running = await store.RunAsync("w", RedisStoreTest.Job());
        var queued = RedisStoreTest.Job();
        var later = RedisStoreTest.Job(dueIn: TimeSpan.FromHours(1));
        await store.EnqueueAsync(queued, later);

        await server.KillAsync();
        var error = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.EnqueueAsync(RedisStoreTest.Job()));
        Assert.Contains(server.Address, error.Message, StringComparison.Ordinal);
        Assert.NotNull(store.Outage);

        await server.StartAsync();
        await Eventually.HoldsAsync("the store is used again", () => store.Outage is null, BackWithin);

        Assert.Equal(JobState.Running, await store.StateAsync(running.Envelope.Id));
        Assert.Equal(JobState.Scheduled, await store.StateAsync(later.Id));
        Assert.Equal([true], await store.FinishAsync("w", [running]));
        Assert.Equal(queued.Id, Assert.Single(await store.ClaimAsync("w")).Envelope.Id);
    }

    [Fact]
    public async Task Cancel_WhileAllWorkersAreDead_HoldsOverAKilledServer()
    {
        await using var server = await RedisServer.StartAsync("--appendfsync", "always");
        await using var store = RedisStores.Open(server, "lp");
        await store.BeatAsync("dead");
        var running = (await store.RunAsync("dead", RedisStoreTest.Job())).Envelope.Id;
        var (queued, scheduled) = (RedisStoreTest.Job(), RedisStoreTest.Job(dueIn: TimeSpan.FromHours(1)));
        await store.EnqueueAsync(queued, scheduled);

        Assert.Equal(CancelReply.Requested, await store.CancelAsync(running, CancellationToken.None));
        Assert.Equal(CancelReply.Cancelled, await store.CancelAsync(queued.Id, CancellationToken.None));
        Assert.Equal(CancelReply.Cancelled, await store.CancelAsync(scheduled.Id, CancellationToken.None));
        await server.KillAsync();
        await server.StartAsync();

        await using var heir = await RedisStores.OpenAsync(server, "lp");
        await Eventually.HoldsAsync("the silent worker is given up", async () =>
        {
            await heir.ReapAsync(TimeSpan.FromMilliseconds(200), 3, CancellationToken.None);
            return (await heir.ListWorkersAsync(CancellationToken.None)).Count == 0;
        });
        await heir.BeatAsync("alive");
        Assert.Empty(await heir.ClaimAsync("alive"));
        foreach (var id in new[] { running, queued.Id, scheduled.Id })
            Assert.Equal(JobState.Cancelled, await heir.StateAsync(id));
    }

    [Fact]
    public async Task Restart_TellsListenersOfAGapAndWakesWorkers()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = RedisStores.Open(server, "lp");
        using var heard = new Heard(store);
        await store.BeatAsync("w");

        await server.KillAsync();
        await Eventually.HoldsAsync("the outage is noticed with no call to show it", () => store.Outage is not null);
        Assert.Contains($"Redis at {server.Address}", store.Outage, StringComparison.Ordinal);
        // Connections that come up one after the other may be told of too.
        heard.Forget();
        await server.StartAsync();

        await heard.GapAsync();
        await heard.WakeUpAsync(WakeUp.Restored);
        Assert.Null(store.Outage);
        // Subscriptions are in force again.
        await store.BeatAsync("w");
        Assert.Empty(await store.ClaimAsync("w"));
        var job = RedisStoreTest.Job();
        await store.EnqueueAsync(job);
        await heard.WakeUpAsync(WakeUp.Work);
        await heard.EventAsync(job.Id);
    }

    [Fact]
    public async Task KilledConnections_ComeBackWithoutAnyoneAsking()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = RedisStores.Open(server, "lp");
        using var heard = new Heard(store);
        await store.BeatAsync("w");
        Assert.Empty(await store.ClaimAsync("w"));

        await server.CommandAsync("CLIENT", "KILL", "TYPE", "pubsub");
        await server.CommandAsync("CLIENT", "KILL", "TYPE", "normal");

        await heard.GapAsync();
        var watch = Stopwatch.StartNew();
        await Eventually.HoldsAsync("jobs are accepted", () => TryAsync(() => store.EnqueueAsync(RedisStoreTest.Job())), BackWithin);
        await Eventually.HoldsAsync("jobs are claimed", () => TryAsync(async () => Assert.NotEmpty(await store.ClaimAsync("w"))), BackWithin);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, BackWithin);
        await Eventually.HoldsAsync("the outage is over", () => store.Outage is null, BackWithin);
    }

    [Fact]
    public async Task AbsentServer_IsToldOnceAndUsedAsSoonAsItAppears()
    {
        await using var server = RedisServer.Prepare();
        await using var store = RedisStores.Open(server, "lp");
        var changes = new ConcurrentQueue<string?>();
        store.Changed += () => changes.Enqueue(store.Outage);
        using var heard = new Heard(store);

        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.BeatAsync("w"));
        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.CheckAsync(CancellationToken.None));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal($"Redis at {server.Address} cannot be reached: start it, or correct ConnectionStrings:Redis.", store.Outage);

        await server.StartAsync();
        await heard.WakeUpAsync(WakeUp.Restored);

        Assert.Null(store.Outage);
        Assert.Equal(2, changes.Count);
        await store.BeatAsync("w");
        Assert.Empty(await store.ClaimAsync("w"));
        await store.EnqueueAsync(RedisStoreTest.Job());
        await heard.WakeUpAsync(WakeUp.Work);
    }

    [Fact]
    public async Task FrozenServer_TimesCallsOutAndIsUsedAgainWhenItThaws()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = RedisStores.Open(server, "lp", new RedisStoreOptions { CallTimeout = TimeSpan.FromSeconds(1), ControlTimeout = TimeSpan.FromSeconds(1) });
        await store.BeatAsync("w");

        await server.FreezeAsync();
        var error = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.EnqueueAsync(RedisStoreTest.Job()));
        Assert.Equal($"Redis at {server.Address} does not answer in time: see whether it hangs or is overloaded.", error.Message);
        Assert.Equal(error.Message, store.Outage);
        await server.ThawAsync();

        await Eventually.HoldsAsync("the outage is over", () => store.Outage is null, BackWithin);
        await store.BeatAsync("w", isFirst: false);
        // The call that timed out was done all the same: nobody may take a lost reply for a refusal.
        Assert.Single(await store.ClaimAsync("w"));
    }

    [Fact]
    public async Task FullServer_RefusesNewJobsButEndsOldOnes()
    {
        using var heard = new HeardMetrics();
        await using var server = await RedisServer.StartAsync();
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await store.BeatAsync("w");
        var job = await store.RunAsync("w", RedisStoreTest.Job());
        await store.EnqueueAsync(RedisStoreTest.Job());

        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");

        var error = await Assert.ThrowsAsync<JobStoreFullException>(() => store.EnqueueAsync(RedisStoreTest.Job()));
        Assert.Equal($"Redis at {server.Address} has no memory left: raise its maxmemory.", error.Message);
        Assert.Equal(1, heard.Sum("jobs.store.failures", ("call", "enqueue")));
        Assert.Equal([true], await store.FinishAsync("w", [job]));
        Assert.Single(await store.ClaimAsync("w"));

        await server.CommandAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.Single(await store.EnqueueAsync(RedisStoreTest.Job()));
        await Eventually.HoldsAsync("the outage is over", () => store.Outage is null, BackWithin);
    }

    [Fact]
    public async Task FullServer_IsNoOutage_IsSaidOnce_AndDoesAllThatEmptiesAndCalmsIt()
    {
        await using var server = await RedisServer.StartAsync();
        var log = new LogLines<RedisJobStore>();
        await using var store = await RedisStores.OpenAsync(server, "lp", log: log);
        var changes = new ConcurrentQueue<string?>();
        store.Changed += () => changes.Enqueue(store.Outage);
        await store.BeatAsync("w");
        var dead = await store.RunAsync("w", RedisStoreTest.Job());
        await store.FinishAsync("w", [dead], OutcomeKind.Failed);
        var schedule = new ScheduleWrite("nightly", 0, "{}"u8.ToArray(), IsActive: true, StartsAnew: true);
        await store.SaveScheduleAsync(schedule, CancellationToken.None);
        var waiting = RedisStoreTest.Job();
        await store.EnqueueAsync(waiting);

        await server.CommandAsync("CONFIG", "SET", "maxmemory", "1mb");
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<JobStoreFullException>(() => store.EnqueueAsync(RedisStoreTest.Job()));

        await store.CheckAsync(CancellationToken.None);
        var due = Assert.Single((await store.FindDueSchedulesAsync(10, CancellationToken.None)).Due);
        Assert.True(await store.SaveScheduleAsync(schedule with { Revision = due.Revision, IsActive = false }, CancellationToken.None));
        Assert.True(await store.PauseQueueAsync("default", paused: true, CancellationToken.None));
        Assert.Equal(CancelReply.Cancelled, await store.CancelAsync(waiting.Id, CancellationToken.None));
        Assert.Equal((1, 0), await SweepAsync(DeadAction.Count));
        Assert.Equal((1, 1), await SweepAsync(DeadAction.Discard));
        Assert.Empty(changes);
        var said = Assert.Single(log.Lines, line => line.Contains("memory", StringComparison.Ordinal));
        Assert.Equal($"Redis at {server.Address} has no memory left: raise its maxmemory. New jobs are refused until then; those that are there run and end.", said);

        async Task<(int Matched, int Changed)> SweepAsync(DeadAction action)
        {
            var sweep = new DeadSweep(action, new DeadFilter(), JobState.Failed, TimeProvider.System.GetUtcNow().AddMinutes(1), null, 10);
            var reply = await store.SweepDeadAsync(sweep, CancellationToken.None);
            return (reply.Matched, reply.Changed);
        }
    }

    [Fact]
    public async Task RefusalOfAllButTheLook_IsLookedAtMoreAndMoreSeldom()
    {
        await using var server = await RedisServer.StartAsync();
        var address = RedisAddress.Parse(server.Address);
        await using var links = new RedisLinks(address);
        await using var watch = new RedisWatch(links, address, new RedisErrors(address), new StoreOutage(), RedisStores.Check, NullLogger.Instance);
        await watch.StartedAsync();
        var restored = new SemaphoreSlim(0);
        // As workers do that are let go and refused at once.
        watch.Restored += () =>
        {
            watch.Report("It is refused.");
            restored.Release();
        };

        var began = Stopwatch.StartNew();
        watch.Report("It is refused.");
        for (var i = 0; i < 4; i++)
            Assert.True(await restored.WaitAsync(Eventually.Deadline));

        // A quarter second, half a second, a second.
        Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(1.7), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task WrongPassword_IsToldWithoutShowingIt()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "right");
        await using var wrong = RedisStores.Open($"{server.Address},password=wrong", "lp");
        await using var missing = RedisStores.Open(server, "lp");
        await using var right = RedisStores.Open($"{server.Address},password=right", "lp");

        foreach (var store in new[] { wrong, missing })
        {
            // On a busy machine the first answer may be that it did not answer in time.
            await Eventually.HoldsAsync("the password is said to be refused", async () =>
            {
                var error = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.CheckAsync(CancellationToken.None));
                Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
                return error.Message == $"Redis at {server.Address} refuses the password: correct 'password' in ConnectionStrings:Redis.";
            });
        }

        await right.CheckAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Multiplexer_ThatDoesNotRecover_IsReplaced()
    {
        await using var server = await RedisServer.StartAsync();
        var address = RedisAddress.Parse(server.Address);
        var outage = new StoreOutage();
        await using var links = new RedisLinks(address);
        await using var watch = new RedisWatch(links, address, new RedisErrors(address), outage, RedisStores.Check, NullLogger.Instance);
        await watch.StartedAsync();
        var broken = links.Hot.Database.Multiplexer;

        broken.Close(allowCommandsToComplete: false);
        watch.Report("It broke.");

        await Eventually.HoldsAsync("another multiplexer works", () => outage.Outage is null, TimeSpan.FromSeconds(5));
        Assert.NotSame(broken, links.Hot.Database.Multiplexer);
        await links.Hot.PingAsync();
    }

    [Fact]
    public async Task SilenceOfRedisItself_IsNotTakenForDeathOfWorkers()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await RedisStores.OpenAsync(server, "lp");
        await store.BeatAsync("w");
        var job = await store.RunAsync("w", RedisStoreTest.Job());
        // As it looks after Redis was away for a minute: nobody could beat.
        var minuteAgo = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await server.CommandAsync("ZADD", "{lp}:workers", minuteAgo, "w");
        await server.CommandAsync("HSET", "{lp}:meta", "seen", minuteAgo, "since", minuteAgo);

        Assert.Empty(await store.ReapAsync(TimeSpan.FromSeconds(8), 3, CancellationToken.None));

        Assert.True((await store.BeatAsync("w", isFirst: false)).IsKnown);
        Assert.Equal([true], await store.FinishAsync("w", [job]));
    }

    [Fact]
    public async Task FrozenWorker_IsFencedFromAnotherStoreInstance()
    {
        await using var server = await RedisServer.StartAsync();
        await using var frozen = await RedisStores.OpenAsync(server, "lp");
        await using var alive = await RedisStores.OpenAsync(server, "lp");
        await frozen.BeatAsync("frozen");
        await alive.BeatAsync("alive");
        var job = await frozen.RunAsync("frozen", RedisStoreTest.Job());
        await Eventually.HoldsAsync(
            "the silent worker is given up",
            async () =>
            {
                await alive.BeatAsync("alive", isFirst: false);
                return await alive.ReapAsync(TimeSpan.FromMilliseconds(200), 3, CancellationToken.None) is [var recovered] && recovered == job.Envelope.Id;
            });
        // Where its last beat was a while on its way it was given up with the other.
        await alive.BeatAsync("alive");
        var again = Assert.Single(await alive.ClaimAsync("alive"));

        Assert.Equal([false], await frozen.FinishAsync("frozen", [job], OutcomeKind.Failed));
        await frozen.ReportProgressAsync("frozen", [new ProgressReport(job.Envelope.Id, job.Stamp, new JobProgress(1, 1, null))], CancellationToken.None);
        Assert.False((await frozen.BeatAsync("frozen", isFirst: false)).IsKnown);
        Assert.Null((await alive.FindAsync(job.Envelope.Id, CancellationToken.None))?.Progress);
        Assert.Equal([true], await alive.FinishAsync("alive", [again]));
        Assert.Equal(JobState.Succeeded, await frozen.StateAsync(job.Envelope.Id));
    }

    static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (JobStoreUnavailableException)
        {
            return false;
        }
    }

    sealed class Heard : IDisposable
    {
        readonly ConcurrentQueue<object> _all = new();
        readonly SemaphoreSlim _arrived = new(0);
        readonly IDisposable[] _subscriptions;

        public Heard(IJobStore store) => _subscriptions =
        [
            store.Subscribe(events => Add([.. events.Select(one => (object)one.Id)])),
            store.SubscribeToGaps(() => Add("gap")),
            store.SubscribeToWakeUps(why => Add(why)),
        ];

        public Task GapAsync() => UntilAsync("gap");

        public Task WakeUpAsync(WakeUp why) => UntilAsync(why);

        public Task EventAsync(JobId id) => UntilAsync(id);

        public void Forget() => _all.Clear();

        public void Dispose()
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
        }

        void Add(params object[] heard)
        {
            foreach (var one in heard)
                _all.Enqueue(one);
            _arrived.Release();
        }

        async Task UntilAsync(object expected)
        {
            while (!_all.Contains(expected))
                Assert.True(await _arrived.WaitAsync(Eventually.Deadline), $"Not heard: {expected}. Heard: {string.Join(", ", _all)}");
        }
    }
}
