using System.Collections.Concurrent;
using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Chaos;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>Due means due, with the figure of the promise by <c>./test.sh chaos</c>; in the suite, whose machine may be busy with anything, with a looser one.</summary>
[Trait("Category", "Chaos"), Collection(nameof(RunsAlone))]
public sealed class DueTimesTests(SharedRedisServer shared) : IDisposable
{
    const int Counted = 200;

    // What only an idle worker does is still to be compiled.
    const int WarmUps = 50;

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(8);
    static readonly TimeSpan Promised = ChaosScale.IsFull ? TimeSpan.FromMilliseconds(25) : TimeSpan.FromSeconds(2);

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DueJobs_OfAnIdleWorker_NeverBeginEarly_AndBeginInTime(bool redis)
    {
        await using IJobStore store = redis
            ? RedisStores.Open(await shared.GetAsync(), SharedRedisServer.NewPrefix())
            : new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);
        // Who only looked now and then would be late by seconds.
        await using var host = await EngineHost.StartAsync(store, static options => options.PollInterval = TimeSpan.FromSeconds(10));
        ConcurrentDictionary<int, TimeSpan> delays = new();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Stage.Play = (script, job) =>
        {
            var began = TimeProvider.System.GetUtcNow();
            var (number, due) = (int.Parse(script.Key.Split('@')[0], CultureInfo.InvariantCulture), long.Parse(script.Key.Split('@')[1], CultureInfo.InvariantCulture));
            delays[number] = began - DateTimeOffset.FromUnixTimeMilliseconds(due);
            if (delays.Count == WarmUps + Counted)
                all.TrySetResult();
            return Task.FromResult(script.Key);
        };
        var first = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 500;
        await host.Client.SubmitAsync(
            [.. Enumerable.Range(0, WarmUps + Counted).Select(number => Prepare(host.Client, number, first + (number * (long)Between.TotalMilliseconds)))]);

        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        Assert.Equal(WarmUps + Counted, host.Stage.Runs.Count);
        Assert.All(delays, one => Assert.True(one.Value >= TimeSpan.Zero, $"Job {one.Key} began {-one.Value.TotalMilliseconds} ms before its time."));
        var ordered = delays.Where(one => one.Key >= WarmUps).Select(one => one.Value).Order().ToList();
        var (median, p99) = (ordered[Counted / 2], ordered[Counted * 99 / 100]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{(redis ? "Redis" : "embedded")}: p50 {median.TotalMilliseconds:N1} ms, p99 {p99.TotalMilliseconds:N1} ms late");
        Assert.InRange(p99, TimeSpan.Zero, Promised);
    }

    static JobEnvelope Prepare(IJobClient client, int number, long due) =>
        client.Prepare(new Script(string.Create(CultureInfo.InvariantCulture, $"{number}@{due}")), options => options.At(DateTimeOffset.FromUnixTimeMilliseconds(due)));
}
