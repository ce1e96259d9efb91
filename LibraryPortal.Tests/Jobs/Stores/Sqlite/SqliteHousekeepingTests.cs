using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>Nothing in the embedded store's file grows without limit.</summary>
public sealed class SqliteHousekeepingTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new();
    SqliteJobStore _store = null!;

    public ValueTask InitializeAsync()
    {
        _store = new SqliteJobStore(_folder.File("jobs.db"), _clock, NullLogger<SqliteJobStore>.Instance, caps: EndedCaps.None with { Flows = 1 });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EndedFlows_BeyondTheCap_AreForgottenOldestFirst()
    {
        var plans = Enumerable.Range(0, 3).Select(_ => FlowPlans.Plan(Flow.Group<string>())).ToList();
        foreach (var plan in plans)
        {
            await _store.AcceptFlowAsync(plan, CancellationToken.None);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _store.PruneAsync(100, CancellationToken.None);

        var kept = await _store.ListFlowsAsync(new FlowQuery(Ended: true), CancellationToken.None);
        Assert.Equal((plans[2].Id, 1), (Assert.Single(kept.Flows).Id, kept.Total));
    }

    [Fact]
    public async Task NamesOfQueues_AreForgotten_WhereThereAreManyAndNothingIsKeptOfThem()
    {
        await _store.PauseQueueAsync("paused", paused: true, CancellationToken.None);
        var jobs = Enumerable.Range(0, UnusedQueues.Few + 10).Select(number => RedisStoreTest.Job() with { Queue = $"tenant-{number}" }).ToList();
        await _store.EnqueueAsync([.. jobs]);
        foreach (var job in jobs.Skip(1))
            await _store.CancelAsync(job.Id, CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(2));
        await PruneAsync();
        _clock.Advance(TimeSpan.FromHours(2));

        await PruneAsync();

        Assert.Equal(["paused", "tenant-0"], await NamesAsync());
        // A name forgotten comes back as any new one.
        await _store.EnqueueAsync(RedisStoreTest.Job() with { Queue = "tenant-7" });
        Assert.Equal(["paused", "tenant-0", "tenant-7"], (await _store.ListQueuesAsync(CancellationToken.None)).Select(queue => queue.Name));
    }

    [Fact]
    public async Task NameOfAQueue_UsedWhileUnusedOnesAreLookedFor_Stays()
    {
        await _store.EnqueueAsync(RedisStoreTest.Job() with { Queue = "gone" });
        await using var events = new EventDispatcher(static _ => { });
        using var session = new WriteSession(new SqliteFile(_folder.File("jobs.db")).OpenWriter(), _clock, events);
        InTransaction(() => session.Lanes.Watch());
        InTransaction(() => session.Lanes.Of("used", JobPriority.Low));

        Assert.Equal(1, InTransaction(() => session.Lanes.ForgetUnused(["gone", "used"])));
        // Without having watched, nothing is known of any.
        Assert.Equal(0, InTransaction(() => session.Lanes.ForgetUnused(["used"])));

        T InTransaction<T>(Func<T> work)
        {
            session.Begin();
            var result = work();
            session.Commit();
            return result;
        }
    }

    [Fact]
    public async Task Queues_MoreThanThereAreNumbersFor_AreRefused_AndTakeNumbersThatAreFree()
    {
        await _store.EnqueueAsync(RedisStoreTest.Job() with { Queue = "first" });
        await ExecuteAsync("WITH RECURSIVE n(k) AS (SELECT 2 UNION ALL SELECT k + 1 FROM n WHERE k < 65535) INSERT INTO queue (key, name) SELECT k, 'other-' || k FROM n");

        var outages = 0;
        _store.Changed += () => outages++;
        var thrown = await Assert.ThrowsAsync<JobRefusedException>(() => _store.EnqueueAsync(RedisStoreTest.Job() with { Queue = "last" }));
        Assert.Contains("65,535 queues", thrown.Message, StringComparison.Ordinal);
        // It is told as itself by whoever hands over many: the outbox sets such a job aside, and waits for a store that is out.
        await Assert.ThrowsAsync<JobRefusedException>(() => new BulkEnqueue(_store).SendAsync([RedisStoreTest.Job() with { Queue = "last" }], Substitute.For<IJobClient>(), CancellationToken.None));
        await _store.BeatAsync("w");
        Assert.Empty((await _store.ClaimAsync(new ClaimRequest("w", [new Lane("unknown", JobPriority.Normal)], 1), CancellationToken.None)).Jobs);
        Assert.True(Assert.Single(await _store.EnqueueAsync(RedisStoreTest.Job() with { Queue = "first" })).IsNew);
        Assert.Equal(0, outages);

        await ExecuteAsync("DELETE FROM queue WHERE key = 77");
        await _store.EnqueueAsync(RedisStoreTest.Job() with { Queue = "last" });

        Assert.Equal(["first", "last"], (await _store.ListQueuesAsync(CancellationToken.None)).Select(queue => queue.Name));
    }

    [Fact]
    public async Task JobInAQueueWhoseWorkerDiedLongAgo_IsHeldBackForWantOfOne()
    {
        await _store.BeatAsync("w");
        var job = RedisStoreTest.Job();
        await _store.EnqueueAsync(job);
        Assert.Null((await _store.FindAsync(job.Id, CancellationToken.None))!.HeldBack);

        _clock.Advance(HeldBack.HeardOfWithin + TimeSpan.FromSeconds(1));

        Assert.Contains("No live worker", (await _store.FindAsync(job.Id, CancellationToken.None))!.HeldBack, StringComparison.Ordinal);
    }

    async Task PruneAsync()
    {
        while (await _store.PruneAsync(500, CancellationToken.None) == 500)
        {
        }
    }

    async Task<IReadOnlyList<string>> NamesAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM queue ORDER BY name";
        await using var reader = await command.ExecuteReaderAsync();
        List<string> names = [];
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.File("jobs.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
