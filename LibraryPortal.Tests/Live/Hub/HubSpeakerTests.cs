using LibraryPortal.Live;
using LibraryPortal.Live.Hub;
using LibraryPortal.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Live.Hub;

/// <summary>From when on clients of the hub are told.</summary>
public sealed class HubSpeakerTests
{
    [Fact]
    public async Task Speaker_ListensBeforeItsStartReturns_SoThatNoConnectedClientMissesAChange()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = new ServiceCollection().AddLogging().AddSignalR().Services.BuildServiceProvider();
        using var board = new Board();
        using var speaker = new HubSpeaker(
            board, services.GetRequiredService<IHubContext<NoticesHub>>(), new HubPresence(), database.Contexts, NullLogger<HubSpeaker>.Instance);

        var (here, started) = (Environment.CurrentManagedThreadId, speaker.StartAsync(default));

        Assert.Equal(here, board.SubscribedBy);
        await started;
        await speaker.StopAsync(default);
    }

    /// <summary>Remembers which thread subscribed: the caller of the start, or another that comes when it may.</summary>
    sealed class Board : ILiveBoard, IDisposable
    {
        public int? SubscribedBy { get; private set; }

        public void Publish(LiveChange change)
        {
        }

        public IDisposable Subscribe(string userId, Action<LiveChange> listener) => throw new NotSupportedException();

        public IDisposable SubscribeToAll(Action<LiveChange> listener)
        {
            SubscribedBy = Environment.CurrentManagedThreadId;
            return this;
        }

        public void Dispose()
        {
        }
    }
}
