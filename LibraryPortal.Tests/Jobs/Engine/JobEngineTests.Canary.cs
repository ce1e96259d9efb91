using LibraryPortal.Jobs;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>A worker that does not consume finds out by itself.</summary>
public abstract partial class JobEngineTests
{
    static readonly TimeSpan OftenSung = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task WedgedConsumer_IsNotReady_RestartsItself_AndConsumesAgain()
    {
        var wedged = 1;
        var host = await StartAsync(options => options.CanaryInterval = OftenSung);
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

    [Fact]
    public async Task IdleWorkers_ProveThatTheyConsume_AndLeaveNothingBehind()
    {
        var hosts = new[] { await StartAsync(options => options.CanaryInterval = OftenSung), await StartAsync(options => options.CanaryInterval = OftenSung) };
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
        }
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
