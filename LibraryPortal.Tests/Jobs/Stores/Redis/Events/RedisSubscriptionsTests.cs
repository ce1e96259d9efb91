using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Jobs.Stores.Redis.Events;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis.Events;

public sealed class RedisSubscriptionsTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task SubscriptionThatTheLibraryLost_IsMadeAgain_AndToldOf()
    {
        await using var server = await RedisServer.StartAsync();
        var address = RedisAddress.Parse(server.Address);
        await using var links = new RedisLinks(address);
        await using var watch = new RedisWatch(links, address, new RedisErrors(address), new StoreOutage(), RedisStores.Check, NullLogger.Instance);
        await using var subscriptions = new RedisSubscriptions(links.Messages, watch);
        using var heard = new SemaphoreSlim(0);
        using var renewed = new SemaphoreSlim(0);
        subscriptions.Renewed += () => renewed.Release();
        RedisChannel channel = "lost and found";
        RedisChannel kept = "kept";
        subscriptions.Listen(channel, _ => heard.Release());
        subscriptions.Listen(kept, _ => heard.Release());
        await subscriptions.SettledAsync();
        await PublishAsync(channel);
        await PublishAsync(kept);
        // While the connection was being made, a subscription may have had to be made twice.
        while (await renewed.WaitAsync(TimeSpan.Zero))
        {
        }

        // What the library does by itself when Redis answers its look at the server too late.
        await links.Messages.Subscriber.UnsubscribeAsync(channel);

        Assert.True(await renewed.WaitAsync(Soon), "The subscription was not made again.");
        await PublishAsync(channel);
        await PublishAsync(kept);
        Assert.Equal(0, heard.CurrentCount);

        async Task PublishAsync(RedisChannel to)
        {
            await Eventually.HoldsAsync($"somebody listens to {to}", async () => await links.Control.Database.PublishAsync(to, "hello") == 1, Soon);
            Assert.True(await heard.WaitAsync(Soon), $"Nothing was heard on {to}.");
        }
    }
}
