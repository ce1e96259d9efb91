using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Stores.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>What a clock that is set, and a machine that slept, mean for who is taken for dead.</summary>
public abstract partial class JobStoreModelTests
{
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(5)]
    [InlineData(3_600)]
    public async Task ClockSetOn_KillsNobodyWhoLives(int seconds)
    {
        await using var stage = await StartAsync();
        var job = await stage.RunAsync("living");

        await stage.PassAsync(TimeSpan.FromSeconds(seconds) + Silence);
        Assert.Empty(await stage.ReapAsync(Silence));
        await stage.PassAsync(Second);
        Assert.Empty(await stage.ReapAsync(Silence));

        Assert.True((await stage.Store.BeatAsync("living", isFirst: false)).IsKnown);
        await stage.PassAsync(Silence - Second);
        Assert.Empty(await stage.ReapAsync(Silence));
        var record = await stage.Store.FindAsync(job.Envelope.Id, CancellationToken.None);
        Assert.Equal((JobState.Running, 0), (record!.State, record.Crashes));
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-5)]
    [InlineData(-3_600)]
    public async Task ClockSet_WhoDiedIsFoundOutSoonAllTheSame(int seconds)
    {
        await using var stage = await StartAsync();
        var lost = await stage.RunAsync("dead");
        await stage.Store.BeatAsync("living");

        await stage.PassAsync(TimeSpan.FromSeconds(seconds));

        Assert.Equal(lost.Envelope.Id, Assert.Single(await stage.ReapUntilFoundAsync("living", Silence, every: Second, within: 20 * Second)));
        Assert.True((await stage.Store.BeatAsync("living", isFirst: false)).IsKnown);
    }

    [Fact]
    public async Task WorkersThatBeatSeldom_AreToldFromDeadOnesToo()
    {
        await using var stage = await StartAsync();
        var lost = await stage.RunAsync("dead");
        await stage.Store.BeatAsync("living");

        Assert.Equal(lost.Envelope.Id, Assert.Single(await stage.ReapUntilFoundAsync("living", 60 * Second, every: 20 * Second, within: 140 * Second)));
    }

    async Task<ClockStage> StartAsync()
    {
        var stage = new ClockStage(await OpenAsync());
        await stage.StartAsync();
        return stage;
    }

    sealed class ClockStage(ModelTarget target) : IAsyncDisposable
    {
        DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        public IJobStore Store => target.Store;

        // A store that is new to its workers waits a while in any case.
        public async Task StartAsync()
        {
            await target.StartAsync();
            await PassAsync(Second);
            for (var i = 0; i < 5; i++, await PassAsync(Second))
                await ReapAsync(Silence);
        }

        public async Task PassAsync(TimeSpan time) => await target.SetTimeAsync(_now += time);

        public async Task<ClaimedJob> RunAsync(string worker)
        {
            await Store.BeatAsync(worker);
            return await Store.RunAsync(worker, RedisStoreTest.Job());
        }

        public Task<IReadOnlyList<JobId>> ReapAsync(TimeSpan silence) => Store.ReapAsync(silence, 3, CancellationToken.None);

        /// <summary>Goes on as a worker does that lives.</summary>
        public async Task<IReadOnlyList<JobId>> ReapUntilFoundAsync(string living, TimeSpan silence, TimeSpan every, TimeSpan within)
        {
            for (var end = _now + within; _now < end; await PassAsync(every))
            {
                await Store.BeatAsync(living, isFirst: false);
                if (await ReapAsync(silence) is { Count: > 0 } found)
                    return found;
            }

            return [];
        }

        public ValueTask DisposeAsync() => target.DisposeAsync();
    }
}
