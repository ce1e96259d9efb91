using System.Globalization;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis.Connections;

/// <summary>Whatever becomes of a link, no connection is left behind: a Redis that hangs for long has thousands made.</summary>
public sealed class RedisLinkTests
{
    [Fact]
    public async Task MultiplexerThatComesUpTooLate_IsClosed()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = new RedisLink("late", RedisAddress.Parse(server.Address)) { ConnectPatience = TimeSpan.Zero };
        var before = await ReceivedAsync(server);

        await server.FreezeAsync();
        await Assert.ThrowsAsync<TimeoutException>(link.ConnectAsync);
        await server.ThawAsync();

        var looks = 0;
        await Eventually.HoldsAsync("it came up after all", async () => await ReceivedAsync(server) > before + ++looks);
        await Eventually.HoldsAsync("it is closed", async () => await ConnectedAsync(server) == 0);
    }

    [Fact]
    public async Task LinkReplacedTwiceAtOnce_AndAgainWhileItIsClosed_LeavesNoConnectionBehind()
    {
        await using var server = await RedisServer.StartAsync();
        await using var link = new RedisLink("replaced", RedisAddress.Parse(server.Address)) { ConnectPatience = TimeSpan.FromMinutes(1) };
        await link.ConnectAsync();

        await Task.WhenAll(link.TryReplaceAsync(), link.TryReplaceAsync());

        await Eventually.HoldsAsync("one has its connection for commands and that for messages", async () => await ConnectedAsync(server) == 2);
        await server.FreezeAsync();
        var late = link.TryReplaceAsync();
        await link.DisposeAsync();
        await server.ThawAsync();
        await late;
        await Eventually.HoldsAsync("none is left", async () => await ConnectedAsync(server) == 0);
    }

    // In the life of the server, with the one that asks.
    static async Task<int> ReceivedAsync(RedisServer server)
    {
        const string Name = "total_connections_received:";
        var line = (await server.CommandAsync("INFO", "stats")).Split("\r\n").Single(static line => line.StartsWith(Name, StringComparison.Ordinal));
        return int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    // Without the one that asks.
    static async Task<int> ConnectedAsync(RedisServer server) =>
        (await server.CommandAsync("CLIENT", "LIST")).Split('\n').Count(static line => line.StartsWith("id=", StringComparison.Ordinal)) - 1;
}
