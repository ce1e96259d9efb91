using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>What ended jobs leave in the file: nothing but room for the next.</summary>
public sealed class SqliteFileSizeTests : IDisposable
{
    const int Jobs = 1_000;

    static readonly Lane Lane = new("default", JobPriority.Normal);

    readonly TemporaryFolder _folder = new();
    readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task JobsThatAreForgotten_LeaveTheirPagesToTheNext()
    {
        await using var store = new SqliteJobStore(_folder.File("jobs.db"), _clock, NullLogger<SqliteJobStore>.Instance);
        await store.BeatAsync(new WorkerBeat("w", "host", 1, "1", 1, 0, ["default"], ["test.one"], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);
        var empty = await PagesAsync();
        await ComeAndGoAsync(store);
        var first = await PagesAsync();

        for (var turn = 0; turn < 3; turn++)
            await ComeAndGoAsync(store);
        var last = await PagesAsync();

        // Some pages are half full now, or hold the root of a table that has grown once.
        Assert.InRange(last.InUse, empty.InUse, empty.InUse + 10);
        Assert.InRange(last.All, first.All - 10, first.All + 10);
        Assert.True(first.All > empty.All + 50, $"{first.All} pages after {empty.All}: nothing was measured.");
    }

    async Task ComeAndGoAsync(SqliteJobStore store)
    {
        await store.EnqueueAsync([.. Enumerable.Range(0, Jobs).Select(_ => Job())], CancellationToken.None);
        while (await store.ClaimAsync(new ClaimRequest("w", [Lane], 256), CancellationToken.None) is { Jobs: { Count: > 0 } claimed })
            await store.FinishAsync("w", [.. claimed.Select(static job => new JobOutcome(job, OutcomeKind.Succeeded) { StartedAt = DateTimeOffset.UnixEpoch })], CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(2));
        while (await store.PruneAsync(500, CancellationToken.None) > 0)
        {
            // What is left is for the next.
        }
    }

    async Task<(long All, long InUse)> PagesAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("jobs.db")};Pooling=False");
        await connection.OpenAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT page_count, page_count - freelist_count FROM pragma_page_count, pragma_freelist_count";
        await using var row = await read.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    JobEnvelope Job() => new()
    {
        Id = JobId.New(_clock.GetUtcNow()), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, EnqueuedAt = _clock.GetUtcNow(),
        Args = JsonSerializer.SerializeToElement(new { }), Retry = new RetryPolicy(1, TimeSpan.Zero, TimeSpan.Zero), ResultTtl = TimeSpan.FromMinutes(1),
    };
}
