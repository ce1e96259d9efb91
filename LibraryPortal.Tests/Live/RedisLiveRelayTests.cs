using LibraryPortal.Live;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Live;

public sealed class RedisLiveRelayTests
{
    static readonly TimeSpan Patience = Eventually.Deadline;

    [Fact]
    public async Task Publish_InOneProcess_IsHeardOnceInEveryOther()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Process.StartAsync(redis);
        await using var second = await Process.StartAsync(redis);
        await first.ConnectedToAsync(second);

        LiveChange[] said = [new NoticeAdded("rita", Guid.NewGuid()), new RequestsChanged(), new ExportChanged("rita", Guid.NewGuid()), new CatalogChanged(), new CatalogChanged(7), new NoticesRead("rita")];
        foreach (var change in said)
            first.Board.Publish(change);

        await second.HeardAsync(said[^1]);
        Assert.Equal(said, second.Heard.Where(change => change is not MissedChanges && !IsProbe(change)));
        Assert.Equal(said, first.Heard.Where(change => change is not MissedChanges && !IsProbe(change)));
    }

    [Fact]
    public async Task Redis_RestartedMeanwhile_MakesPagesReadAgainAndCarriesOn()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await Process.StartAsync(redis);
        await using var second = await Process.StartAsync(redis);
        await first.ConnectedToAsync(second);

        await redis.KillAsync();
        first.Board.Publish(new NoticesRead("lost"));
        await redis.StartAsync();

        await second.HeardAsync(new MissedChanges());
        await first.ConnectedToAsync(second);
        Assert.DoesNotContain(new NoticesRead("lost"), second.Heard);
    }

    [Fact]
    public async Task Redis_AwayAtTheStart_IsJoinedOnceItIsThere()
    {
        await using var redis = RedisServer.Prepare();
        await using var first = await Process.StartAsync(redis);
        await using var second = await Process.StartAsync(redis);

        await redis.StartAsync();

        await first.ConnectedToAsync(second);
    }

    [Fact]
    public async Task Connecting_ThatFails_IsToldOnceAndDoesNotFailTheStop()
    {
        var log = new LogLines<RedisLiveRelay>();
        var clock = new ManualClock();
        using var relay = new RedisLiveRelay(new LiveBoard(NullLogger<LiveBoard>.Instance), "nowhere:1,noSuchOption=1", "test:live", clock, log);

        await relay.StartAsync(default);
        clock.Advance(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(5));
        await relay.StopAsync(default);

        Assert.Contains("tried again", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    static bool IsProbe(LiveChange change) => change is NoticesRead { User: "probe" };

    /// <summary>What one process of the portal has: a board and its relay.</summary>
    sealed class Process : IAsyncDisposable
    {
        readonly Lock _gate = new();
        readonly List<LiveChange> _heard = [];
        readonly RedisLiveRelay _relay;

        Process(RedisServer redis)
        {
            Board = new LiveBoard(NullLogger<LiveBoard>.Instance);
            _relay = new RedisLiveRelay(Board, redis.Address, "test:live", TimeProvider.System, NullLogger<RedisLiveRelay>.Instance);
            Board.SubscribeToAll(change =>
            {
                lock (_gate)
                    _heard.Add(change);
            });
        }

        public LiveBoard Board { get; }

        public IReadOnlyList<LiveChange> Heard
        {
            get
            {
                lock (_gate)
                    return [.. _heard];
            }
        }

        public static async Task<Process> StartAsync(RedisServer redis)
        {
            var process = new Process(redis);
            await process._relay.StartAsync(default);
            return process;
        }

        /// <summary>Says something until the other hears it: a relay connects in its own time.</summary>
        public async Task ConnectedToAsync(Process other)
        {
            using var patience = new CancellationTokenSource(Patience);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            other.Forget();
            do
                Board.Publish(new NoticesRead("probe"));
            while (await timer.WaitForNextTickAsync(patience.Token) && !other.Heard.Any(IsProbe));
        }

        public async Task HeardAsync(LiveChange change)
        {
            using var patience = new CancellationTokenSource(Patience);
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!Heard.Contains(change))
                await timer.WaitForNextTickAsync(patience.Token);
        }

        void Forget()
        {
            lock (_gate)
                _heard.Clear();
        }

        public async ValueTask DisposeAsync()
        {
            await _relay.StopAsync(default);
            _relay.Dispose();
        }
    }
}
