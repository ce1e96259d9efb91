using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;

namespace LibraryPortal.Tests.Jobs.Stores.Redis.Connections;

public sealed class RedisHeartLineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClosedLine_SaysSo_WhetherItWasUsedOrNot(bool wasUsed)
    {
        var line = new RedisHeartLine(new RedisLine(RedisAddress.Parse("localhost:1"), TimeSpan.FromSeconds(30)));
        if (wasUsed)
            Assert.Equal(7, await line.RunAsync(static _ => 7));
        await line.DisposeAsync();

        var asked = line.RunAsync(static _ => 7);

        Assert.Equal("This process has closed its job store.", (await Assert.ThrowsAsync<JobStoreUnavailableException>(() => asked)).Message);
    }
}
