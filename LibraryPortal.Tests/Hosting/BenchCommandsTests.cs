using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Hosting;

/// <summary>The bench as a person runs it, with little or nothing to measure.</summary>
public sealed class BenchCommandsTests(SharedRedisServer shared)
{
    [Fact]
    public async Task Queue_WithNoRedisThere_SaysSoInOneSentenceAndFails()
    {
        // Nothing listens on the port of tcpmux.
        var (exitCode, output) = await PortalProcess.RunAsync(["bench", "queue", "--store", "redis", "--redis", "127.0.0.1:1", "--jobs", "1000"]);

        Assert.True(exitCode == 1, output);
        Assert.Contains("127.0.0.1:1", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Fact]
    public async Task Queue_WithAFewJobs_CountsThemAndPrintsRates()
    {
        var (exitCode, output) = await PortalProcess.RunAsync(["bench", "queue", "--jobs", "1000", "--brief"]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("drain, to the last ack", output, StringComparison.Ordinal);
        Assert.Contains(", SQLite 3.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_OnRedis_CountsThemAndPrintsRates()
    {
        var (exitCode, output) = await PortalProcess.RunAsync(["bench", "queue", "--store", "redis", "--redis", (await shared.GetAsync()).Address, "--jobs", "1000", "--brief"]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("drain, to the last ack", output, StringComparison.Ordinal);
        Assert.Contains(", Redis 7.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_WithAFewJobs_PrintsALineForEachSearch()
    {
        var (exitCode, output) = await PortalProcess.RunAsync(["bench", "history", "--rows", "1000", "--runs", "1"]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("| everything | 1,000 |", output, StringComparison.Ordinal);
        Assert.Contains("| words nobody wrote | 0 |", output, StringComparison.Ordinal);
    }
}
