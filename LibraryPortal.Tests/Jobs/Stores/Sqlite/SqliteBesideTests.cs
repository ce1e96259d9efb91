using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>A command line opens the file beside the running process.</summary>
public sealed class SqliteBesideTests : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly SqliteJobStore _portal;
    readonly SqliteJobStore _command;

    public SqliteBesideTests()
    {
        _portal = Open();
        _command = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _portal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task JobsOfBoth_AreTakenInTheOrderTheyCame()
    {
        var jobs = Enumerable.Range(0, 6).Select(_ => Job()).ToList();
        for (var i = 0; i < jobs.Count; i++)
            await (i % 2 == 0 ? _portal : _command).EnqueueAsync([jobs[i]], default);

        var claimed = await ClaimAsync();

        Assert.Equal(jobs.Select(job => job.Id), claimed.Select(job => job.Envelope.Id));
    }

    [Fact]
    public async Task Cancel_FromBeside_ReachesTheWorkerWithItsNextBeat()
    {
        var job = Job();
        await _portal.EnqueueAsync([job], default);
        Assert.Single(await ClaimAsync());

        Assert.Equal(CancelReply.Requested, await _command.CancelAsync(job.Id, default));

        Assert.Equal([job.Id], (await BeatAsync(isFirst: false)).Cancel);
    }

    [Fact]
    public async Task Claims_GoOnWithStampsOfTheirOwn_WhileBothWrite()
    {
        HashSet<long> stamps = [];
        for (var turn = 0; turn < 20; turn++)
        {
            await _portal.EnqueueAsync([Job()], default);
            await _command.EnqueueAsync([Job()], default);
            Assert.All((await ClaimAsync()).GroupBy(job => job.Stamp), claim => Assert.True(stamps.Add(claim.Key)));
        }
    }

    SqliteJobStore Open() => new(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

    async Task<IReadOnlyList<ClaimedJob>> ClaimAsync()
    {
        await BeatAsync(isFirst: true);
        return (await _portal.ClaimAsync(new ClaimRequest("w1", [new Lane("default", JobPriority.Normal)], 10), default)).Jobs;
    }

    Task<BeatReply> BeatAsync(bool isFirst) => _portal.BeatAsync(
        new WorkerBeat("w1", "host", 1, "1", 4, 1, ["default"], ["test.one"], TimeProvider.System.GetUtcNow(), isFirst), default);

    static JobEnvelope Job() => new()
    {
        Id = JobId.New(), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, Args = JsonElement.Parse("{}"), EnqueuedAt = DateTimeOffset.UnixEpoch,
        Retry = new RetryPolicy(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), ResultTtl = TimeSpan.FromHours(1),
    };
}
