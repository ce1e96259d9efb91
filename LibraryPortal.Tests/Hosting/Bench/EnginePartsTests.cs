using LibraryPortal.Hosting.Bench;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>Where the engine's time went adds up to what it took.</summary>
public sealed class EnginePartsTests
{
    [Fact]
    public void Of_LeavesToSchedulingWhatNeitherSerialisingNorTheStoreTook()
    {
        var cost = new BenchCost(Rate: 100_000, Engine: 7, RedisScripts: 5, RedisElse: 1, Batch: 190);

        var parts = EngineParts.Of(cost, writing: 0.5, reading: 1, new BareCost(Rate: 200_000, Processor: 1.5));

        Assert.Equal(new EngineParts(Writing: 0.5, Reading: 1, Store: 1.5, Rest: 4, Batch: 190), parts);
    }
}
