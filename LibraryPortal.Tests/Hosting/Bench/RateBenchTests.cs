using LibraryPortal.Hosting.Bench;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>Rates are told only where every job was counted.</summary>
public sealed class RateBenchTests(SharedRedisServer shared)
{
    [Theory]
    [InlineData("embedded")]
    [InlineData("redis")]
    public async Task Run_OnAStoreWithAJobTooMany_TellsNoRate(string kind)
    {
        await using var opened = await OpenAsync(kind);
        using var tally = new BenchTally();
        await using var other = BenchProcess.Prepare(opened.Store, tally, slots: 0);
        await other.Client.EnqueueAsync(new BenchNoop(0), cancellationToken: TestContext.Current.CancellationToken);

        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => new RateBench(opened, tally, 4).RunAsync(500, TestContext.Current.CancellationToken));

        Assert.Equal("The store has 501 jobs Queued, not 500: this run measured nothing.", wrong.Message);
    }

    async Task<BenchStore> OpenAsync(string kind)
    {
        var opened = kind == "redis" ? await BenchStore.OpenRedisAsync((await shared.GetAsync()).Address) : BenchStore.OpenEmbedded();
        await opened.Store.CheckAsync(TestContext.Current.CancellationToken);
        return opened;
    }
}
