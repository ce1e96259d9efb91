using LibraryPortal.Hosting.Bench;
using LibraryPortal.Jobs;
using LibraryPortal.Tests.Support;
using NSubstitute;

namespace LibraryPortal.Tests.Hosting.Bench;

/// <summary>What a measurement does when the store refuses it.</summary>
public sealed class LatencyBenchTests
{
    [Fact]
    public async Task Load_WithOneJobRefused_EndsWithItsReason()
    {
        var client = Substitute.For<IJobClient>();
        client.EnqueueAsync(Arg.Any<IJobArgs>(), Arg.Any<Action<JobOptions>?>(), Arg.Any<CancellationToken>())
            .Returns(Task.FromException<JobHandle>(new JobStoreUnavailableException("It is full.")), Task.FromResult<JobHandle>(null!));
        using var tally = new BenchTally();

        var load = new LatencyBench(tally, client, concurrency: 1).LoadAsync(percent: 100, capacity: 100, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => load.WaitAsync(Eventually.Deadline));
        Assert.Equal("It is full.", refusal.Message);
    }
}
