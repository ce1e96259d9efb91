using System.Collections.Concurrent;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>A worker that does not consume finds out by itself.</summary>
public abstract partial class JobEngineTests
{
    static readonly TimeSpan OftenSung = TimeSpan.FromMilliseconds(400);

    // Where a song that comes late would be a wedge that is none: a busy machine may stand still for longer than the above.
    static readonly TimeSpan SeldomSung = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task WedgedConsumer_IsNotReady_RestartsItself_AndConsumesAgain()
    {
        var wedged = 1;
        var host = await StartAsync(options => options.CanaryInterval = SeldomSung);
        await (await host.Client.EnqueueAsync(new Script("before"))).WaitAsync(Patience);
        // The next claim hangs for good, as on a connection that is neither open nor closed; the store itself is well.
        host.Store.Wedges = call => call == "claim" && Interlocked.Exchange(ref wedged, 0) == 1;
        await Support.Eventually.HoldsAsync("a claim hangs", () => Volatile.Read(ref wedged) == 0);

        var handle = await host.Client.EnqueueAsync(new Script("after"));

        Assert.Equal("after", await handle.WaitForResultAsync(Patience));
        await Support.Eventually.HoldsAsync("it is ready again", async () => await host.TroubleAsync() is null);
        Assert.Equal(1, host.Canaries);
    }

    [Fact]
    public async Task WedgedForGood_StaysNotReady()
    {
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
        host.Store.Wedges = call => call == "claim";

        await Support.Eventually.HoldsAsync("it is not ready", async () => await host.TroubleAsync() is not null, TimeSpan.FromSeconds(60));
        Assert.Contains("has not proved", await host.TroubleAsync(), StringComparison.Ordinal);
        await Support.Eventually.HoldsAsync("it tries again and again", () => host.Canaries > 1, TimeSpan.FromSeconds(60));
        Assert.NotNull(await host.TroubleAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SlotsThatTakeNothing_AreNotReady_WhetherTheirSongsLieThereOrAreHandedBack(bool handsBack)
    {
        await using var worker = await SlotlessWorker.StartAsync(Store, new JobsOptions { CanaryInterval = OftenSung, Slots = 4 }, handsBack);

        await Support.Eventually.HoldsAsync("it is not ready", () => worker.Trouble is not null, TimeSpan.FromSeconds(60));
        await Support.Eventually.HoldsAsync("it tries again and again", () => worker.Restarts > 2, TimeSpan.FromSeconds(60));
        Assert.NotNull(worker.Trouble);
    }

    [Fact]
    public async Task EnqueuesThatDoNotReturn_AreNotReady()
    {
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
        host.Store.Wedges = call => call == "enqueue";

        await Support.Eventually.HoldsAsync("it is not ready", async () => await host.TroubleAsync() is not null, TimeSpan.FromSeconds(60));
        host.Store.Wedges = static _ => false;

        await Support.Eventually.HoldsAsync("it is ready again", async () => await host.TroubleAsync() is null, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task StoreWithoutRoomForASong_IsNoWedge()
    {
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
        var refused = 0;
        host.Store.HoldsRequestOf = call =>
        {
            if (call != "enqueue")
                return Task.CompletedTask;
            // Room for none, then for none of its own, while it looks once each.
            return Task.FromException((Interlocked.Increment(ref refused) - 1) / Canary.MostUnheard % 2 == 0 ? new JobStoreFullException() : new JobRefusedException());
        };

        await Support.Eventually.HoldsAsync("it tried again and again", () => Volatile.Read(ref refused) > 3 * Canary.MostUnheard, TimeSpan.FromSeconds(60));

        Assert.Null(await host.TroubleAsync());
        Assert.Equal(0, host.Canaries);
        Assert.Single(host.Warnings, line => line.Contains("cannot prove that it takes jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RoomThatWasLackingBefore_ExcusesNoWedge()
    {
        var (claims, sung) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        var refused = 0;
        var store = new UnreliableStore(Store)
        {
            HoldsRequestOf = call =>
            {
                if (call == "claim")
                    return claims.Task;
                if (call != "enqueue" || Interlocked.Increment(ref sung) <= Canary.MostUnheard)
                    return Task.CompletedTask;
                Interlocked.Increment(ref refused);
                return Task.FromException(new JobStoreFullException());
            },
        };
        await using var worker = await SlotlessWorker.StartAsync(store, new JobsOptions { CanaryInterval = TimeSpan.FromMilliseconds(100) }, handsBack: false);
        try
        {
            await Support.Eventually.HoldsAsync("there is no room for a song", () => Volatile.Read(ref refused) > 0 && worker.Trouble is null, TimeSpan.FromSeconds(60));
        }
        finally
        {
            claims.SetResult();
        }

        // The songs of before are claimed and lie there, so that no other is sung.
        await Support.Eventually.HoldsAsync("it is not ready", () => worker.Trouble is not null, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Songs_GoThroughALaneOfTheirWorkersOwn_WhichPeopleDoNotSee()
    {
        using var heard = new HeardMetrics();
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
        ConcurrentQueue<string> queues = new();
        host.Store.CannotWrite = outcome =>
        {
            queues.Enqueue(outcome.Job.Envelope.Queue);
            return false;
        };

        await Support.Eventually.HoldsAsync("it sang", () => !queues.IsEmpty, TimeSpan.FromSeconds(60));

        var worker = Assert.Single(await Store.ListWorkersAsync(CancellationToken.None));
        Assert.Contains(queues.First(), worker.Queues);
        Assert.StartsWith("@", queues.First(), StringComparison.Ordinal);
        Assert.DoesNotContain((await host.Inspector.ListWorkersAsync()).Single().Queues, static queue => queue.Contains('@', StringComparison.Ordinal) || queue == "canary");
        await heard.UntilSumAsync(1, "jobs.outcomes", ("job", "engine.canary"), ("queue", "canary"));
        Assert.Empty(heard.All("jobs.outcomes", ("queue", queues.First())));
        host.Store.Wedges = call => call == "claim";
        await Support.Eventually.HoldsAsync("songs wait", async () => (await Store.ListQueuesAsync(CancellationToken.None)).Count > 0, TimeSpan.FromSeconds(60));
        await Support.Eventually.HoldsAsync("it tries again and again", () => host.Canaries > 1, TimeSpan.FromSeconds(60));
        await heard.UntilSumAsync(2, "jobs.canary.failures");
        Assert.Empty(await host.Inspector.ListQueuesAsync());
        // One more may have been on its way when they were counted.
        Assert.InRange((await Store.CountAsync(CancellationToken.None))[JobState.Queued], 1, Canary.MostUnheard + 1);
    }

    [Fact]
    public async Task Songs_AnsweredTooLate_StayFewToo()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sung = 0;
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
        host.Store.Wedges = call => call == "claim";
        host.Store.HoldsReplyOf = (call, _) => call == "enqueue" && Interlocked.Increment(ref sung) > 0 ? answered.Task : Task.CompletedTask;

        try
        {
            await Support.Eventually.HoldsAsync("it sings again and again", () => Volatile.Read(ref sung) > 2 * Canary.MostUnheard);
            // One more may have been on its way when they were counted.
            Assert.InRange((await Store.CountAsync(CancellationToken.None))[JobState.Queued], 1, Canary.MostUnheard + 1);
        }
        finally
        {
            answered.SetResult();
        }
    }

    [Fact]
    public async Task OutcomesThatAreNotAcknowledged_AreNotReady_AndSongsStayFew()
    {
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
        host.Store.Wedges = call => call == "finish";

        await Support.Eventually.HoldsAsync("it tries again and again", () => host.Canaries > 1, TimeSpan.FromSeconds(60));

        Assert.NotNull(await host.TroubleAsync());
        // One more may have been on its way when they were counted.
        Assert.InRange((await Store.CountAsync(CancellationToken.None))[JobState.Running], 1, Canary.MostUnheard + 1);
    }

    [Fact]
    public async Task IdleWorkers_ProveThatTheyConsume_AndLeaveNothingBehind()
    {
        var hosts = new[] { await StartAsync(options => options.CanaryInterval = SeldomSung), await StartAsync(options => options.CanaryInterval = SeldomSung) };
        var sung = new HashSet<JobId>();
        using var events = Store.Subscribe(batch =>
        {
            lock (sung)
                sung.UnionWith(batch.Where(one => one is { Name: "engine.canary", State: JobState.Succeeded }).Select(one => one.Id));
        });

        await Support.Eventually.HoldsAsync("some canaries sang", () => { lock (sung) return sung.Count >= 4; }, TimeSpan.FromSeconds(60));

        foreach (var host in hosts)
        {
            Assert.Null(await host.TroubleAsync());
            Assert.Equal(0, host.Canaries);
            await host.StopAsync();
        }

        var counts = await Store.CountAsync(CancellationToken.None);
        Assert.Equal((0, 0, 0), (counts[JobState.Scheduled], counts[JobState.Queued], counts[JobState.Running]));
        Assert.Empty(await Store.ListQueuesAsync(CancellationToken.None));
        Assert.Empty(await Store.ListWorkersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Songs_ReachTheWorkerThatSangThem_HoweverMuchCloserToTheStoreAnotherIs()
    {
        var far = await StartAsync(options => options.CanaryInterval = SeldomSung);
        var near = await StartAsync(options => options.PollInterval = TimeSpan.FromMilliseconds(10));
        var asked = 0;
        near.Store.HoldsReplyOf = (call, _) => Task.FromResult(call == "claim" ? Interlocked.Increment(ref asked) : 0);
        far.Store.HoldsRequestOf = async call =>
        {
            var before = Volatile.Read(ref asked);
            if (call == "claim")
                await Support.Eventually.HoldsAsync("the other asked first", () => Volatile.Read(ref asked) > before + 1);
        };
        var (sungFar, sungNear) = (SongsOf(far), SongsOf(near));

        await Support.Eventually.HoldsAsync("some songs were sung", () => sungFar.Count + sungNear.Count > 1, TimeSpan.FromSeconds(60));

        Assert.Empty(sungNear);
        Assert.Single(sungFar.Distinct());
        Assert.Null(await far.TroubleAsync());
        Assert.Equal(0, far.Canaries);
    }

    [Fact]
    public async Task WedgedWorker_IsNoticed_ThoughItsNeighbourIsWell()
    {
        var well = await StartAsync(options => options.CanaryInterval = SeldomSung);
        var wedged = await StartAsync(options => options.CanaryInterval = OftenSung);
        var sung = SongsOf(well);
        wedged.Store.Wedges = call => call == "claim";

        await Support.Eventually.HoldsAsync("it is not ready", async () => await wedged.TroubleAsync() is not null, TimeSpan.FromSeconds(60));
        await Support.Eventually.HoldsAsync("its neighbour sings", () => !sung.IsEmpty, TimeSpan.FromSeconds(60));

        Assert.Null(await well.TroubleAsync());
        Assert.NotNull(await wedged.TroubleAsync());
    }

    // Who sang the songs that this worker runs from now on.
    static ConcurrentQueue<string> SongsOf(EngineHost host)
    {
        ConcurrentQueue<string> singers = new();
        host.Store.CannotWrite = outcome =>
        {
            if (outcome is { Kind: OutcomeKind.Succeeded, Job.Envelope: { Name: "engine.canary" } song })
                singers.Enqueue(song.Args.GetProperty("worker").GetString()!);
            return false;
        };
        return singers;
    }

    [Fact]
    public async Task FullWorker_IsReady()
    {
        var host = await StartAsync(options => (options.CanaryInterval, options.Slots) = (OftenSung, 1));
        host.Stage.Play = (_, job) => WaitForStopAsync(job);
        await host.Client.EnqueueAsync(new Script("long"));
        await host.Stage.StartedAsync("long");

        await Task.Delay(OftenSung * 4, TimeProvider.System);

        Assert.Null(await host.TroubleAsync());
    }
}
