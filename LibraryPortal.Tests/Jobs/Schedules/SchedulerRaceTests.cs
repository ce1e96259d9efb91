using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>Several schedulers on one store, in real time: each due time fires once, never early, whoever dies in between. A store's tests derive from it.</summary>
public abstract class SchedulerRaceTests : IAsyncLifetime
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly List<ScheduleHost> _hosts = [];
    readonly List<IJobStore> _stores = [];

    /// <summary>Opens the same store once more, as another process would.</summary>
    protected abstract ValueTask<IJobStore> OpenAsync();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        foreach (var store in _stores)
            await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task EachDueTime_WithSeveralSchedulers_FiresOnceAndNotEarly(int schedulers)
    {
        for (var i = 0; i < schedulers; i++)
            await AddAsync();
        var first = _hosts[0];
        for (var i = 0; i < 3; i++)
            await first.Schedules.SaveAsync(EachSecond(first, $"s{i}"));
        foreach (var host in _hosts)
            await host.StartAsync();

        var (begin, end) = await ElapseAsync(seconds: 4);

        for (var i = 0; i < 3; i++)
            await AssertEachOnceAsync($"s{i}", begin, end);
    }

    [Fact]
    public async Task EachDueTime_WhileSchedulersComeAndGo_FiresOnce()
    {
        await AddAsync();
        await AddAsync();
        await _hosts[0].Schedules.SaveAsync(EachSecond(_hosts[0], "s0"));
        await _hosts[0].StartAsync();
        var begin = TimeProvider.System.GetUtcNow();
        await ElapseAsync(seconds: 1);

        await _hosts[1].StartAsync();
        await _hosts[0].DisposeAsync();
        await ElapseAsync(seconds: 1);
        await _hosts[1].DisposeAsync();
        await AddAsync();
        await _hosts[2].StartAsync();
        var (_, end) = await ElapseAsync(seconds: 2);

        await AssertEachOnceAsync("s0", begin, end);
    }

    [Fact]
    public async Task EachDueTime_WithRepliesAndRequestsLost_FiresOnce()
    {
        var lossy = await AddLossyAsync();
        await _hosts[0].Schedules.SaveAsync(EachSecond(_hosts[0], "s0"));
        await _hosts[0].StartAsync();
        var begin = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 4; i++)
        {
            (lossy.LoseReply, lossy.LoseRequest) = (i % 2 == 0, i % 2 == 1);
            await ElapseAsync(seconds: 1);
        }

        var (_, end) = await ElapseAsync(seconds: 1);

        await AssertEachOnceAsync("s0", begin, end);
    }

    async Task AddAsync()
    {
        var store = await OpenAsync();
        _stores.Add(store);
        _hosts.Add(ScheduleHost.Create(store, TimeProvider.System));
    }

    async Task<LossyScheduleStore> AddLossyAsync()
    {
        var store = await OpenAsync();
        _stores.Add(store);
        var lossy = new LossyScheduleStore((IScheduleStore)store);
        _hosts.Add(ScheduleHost.Create(store, TimeProvider.System, schedules: lossy));
        return lossy;
    }

    static Schedule EachSecond(ScheduleHost host, string name) =>
        host.Schedule(name, ScheduleRule.Every(Second)) with { Overlap = OverlapPolicy.Allow, Missed = MissedRuns.UpTo(10) };

    // Half a second past the full one, so that no due time lies at the edge.
    static async Task<(DateTimeOffset Begin, DateTimeOffset End)> ElapseAsync(int seconds)
    {
        var begin = TimeProvider.System.GetUtcNow();
        var end = Full(begin).AddSeconds(seconds + 0.7);
        await Task.Delay(end - begin, TimeProvider.System);
        return (begin, end);
    }

    async Task<IReadOnlyList<JobEnvelope>> JobsAsync(string schedule) =>
    [
        .. (await _stores[^1].ListAsync(new JobQuery(JobState.Queued, 0, 200), CancellationToken.None)).Jobs.Select(job => job.Envelope)
            .Where(job => job.Tags.Contains($"schedule:{schedule}")).OrderBy(job => job.ScheduledFor),
    ];

    async Task AssertEachOnceAsync(string schedule, DateTimeOffset begin, DateTimeOffset end)
    {
        // On a busy machine the last ones may come late, which is no matter of how often.
        IReadOnlyList<JobEnvelope> due = [];
        await Eventually.HoldsAsync("the last is fired", async () => (due = await JobsAsync(schedule)) is [.., { ScheduledFor: { } last }] && last > end - Second);

        Assert.All(due, job => Assert.True(job.EnqueuedAt >= job.ScheduledFor, $"{job.ScheduledFor} fired early, at {job.EnqueuedAt}."));
        List<DateTimeOffset> expected = [];
        for (var time = Full(begin).AddSeconds(1); time <= end; time = time.AddSeconds(1))
            expected.Add(time);
        // What became due while the test itself began and ended is not its business.
        Assert.Equal(expected, due.Select(job => job.ScheduledFor!.Value).Where(time => time > begin && time <= end));
    }

    static DateTimeOffset Full(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
