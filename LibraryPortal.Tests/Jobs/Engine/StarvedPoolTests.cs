using System.Diagnostics.Metrics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>A process whose thread pool has nothing left for anybody, as when many handlers block: it lives, and must look so to itself and to the others.</summary>
[Collection(nameof(RunsAlone))]
public sealed class StarvedPoolTests : IAsyncDisposable
{
    // Ten beats are twice the lease, which is longer than a busy machine stands still.
    const int Beats = 10;

    static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan Patience = Eventually.Deadline;

    readonly TemporaryFolder _folder = new();
    RedisServer? _server;
    IJobStore? _store;
    EngineHost? _host;

    [Fact]
    public async Task StarvedPool_OnTheEmbeddedStore_IsNotDeath()
    {
        _store = new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);
        await AssertLivesAsync();
    }

    [Fact]
    public async Task StarvedPool_OnRedis_IsNotDeath()
    {
        _server = await RedisServer.StartAsync("--appendfsync", "no");
        _store = RedisStores.Open(_server, "lp");
        await AssertLivesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    async Task AssertLivesAsync()
    {
        _host = await EngineHost.StartAsync(_store!, options => (options.Heartbeat, options.Lease, options.ReapAfter) = (Heartbeat, Heartbeat * 5, TimeSpan.FromMinutes(1)));
        _host.Store.LeavesAlone = true;
        var told = false;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Stage.Play = async (script, job) =>
        {
            await using var seen = job.CancellationToken.Register(() => Volatile.Write(ref told, true));
            await gate.Task;
            return script.Key;
        };
        var handle = await _host.Client.EnqueueAsync(new Script("a"));
        await _host.Stage.StartedAsync("a");

        var answered = await Task.Factory.StartNew(CountBeatsWhileStarved, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.True(answered >= Beats, $"{answered} beats were answered within {Patience}.");
        gate.SetResult();
        Assert.Equal("a", await handle.WaitForResultAsync(TimeSpan.FromSeconds(20)));
        Assert.False(told);
        Assert.DoesNotContain(_host.Warnings, line => line.Contains("lease", StringComparison.Ordinal));
    }

    // On a thread of its own, and told of beats where they are answered: nothing here needs the pool either.
    static int CountBeatsWhileStarved()
    {
        using var release = new ManualResetEventSlim();
        using var starved = new ManualResetEventSlim();
        using var enough = new ManualResetEventSlim();
        var (blocked, answered, ended) = (0, 0, 0);
        using var beats = new MeterListener();
        beats.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobMetrics.MeterName && instrument.Name == "jobs.store.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        beats.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (_, value) in tags)
            {
                if (value is "beat" && Interlocked.Increment(ref answered) == Beats)
                    enough.Set();
            }
        });
        // More than the pool makes new threads for in that time.
        const int Blocking = 300;
        for (var i = 0; i < Blocking; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    if (Interlocked.Increment(ref blocked) == Environment.ProcessorCount)
                        starved.Set();
                    release.Wait();
                    Interlocked.Increment(ref ended);
                },
                null);
        }

        starved.Wait();
        beats.Start();
        enough.Wait(Patience);
        var inTime = Volatile.Read(ref answered);
        release.Set();
        SpinWait.SpinUntil(() => Volatile.Read(ref ended) == Blocking);
        return inTime;
    }
}
