using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>What the embedded store says and does when its file cannot be used.</summary>
public sealed class SqliteTroubleTests : IAsyncLifetime
{
    readonly TemporaryFolder _folder = new();
    readonly List<WakeUp> _wakeUps = [];
    SqliteJobStore _store = null!;

    string Path => _folder.File("jobs.db");

    public ValueTask InitializeAsync()
    {
        _store = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task LockedFile_IsAnOutageUntilTheLockGoes()
    {
        using var heard = new HeardMetrics();
        await _store.CheckAsync(CancellationToken.None);
        using var wakes = _store.SubscribeToWakeUps(_wakeUps.Add);
        var job = Job();
        await using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN IMMEDIATE");

            var thrown = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => _store.EnqueueAsync([job], CancellationToken.None));

            Assert.Contains(Path, thrown.Message, StringComparison.Ordinal);
            Assert.Contains("locked", thrown.Message, StringComparison.Ordinal);
            Assert.Equal(thrown.Message, _store.Outage);
            Assert.Equal(1, heard.Sum("jobs.store.failures", ("call", "enqueue")));
            await ExecuteAsync(other, "ROLLBACK");
        }

        Assert.True((await _store.EnqueueAsync([job], CancellationToken.None))[0].IsNew);
        Assert.Null(_store.Outage);
        Assert.Contains(WakeUp.Restored, _wakeUps);
        Assert.Equal(1, heard.Sum("jobs.store.failures"));
    }

    [Theory]
    [InlineData(13, "free space")]
    [InlineData(10, "check the disk")]
    [InlineData(8, "right to write")]
    [InlineData(14, "folder exists")]
    [InlineData(11, "backup")]
    public void Describe_OfAnErrorFromOutside_NamesTheFileAndTheRemedy(int code, string remedy)
    {
        var sentence = SqliteTrouble.Describe(new SqliteException("x", code), "/data/jobs.db");

        Assert.Contains("/data/jobs.db", sentence, StringComparison.Ordinal);
        Assert.Contains(remedy, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(21)]
    public void Describe_OfAMistakeOfOurs_IsNoOutage(int code) => Assert.Null(SqliteTrouble.Describe(new SqliteException("x", code), "/data/jobs.db"));

    [Fact]
    public async Task FileThatIsNoDatabase_SaysWhatToDo()
    {
        await File.WriteAllTextAsync(Path, new string('x', 5_000));

        var thrown = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => _store.CheckAsync(CancellationToken.None));

        Assert.Contains("damaged", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileOfANewerVersion_IsRefused()
    {
        await _store.CheckAsync(CancellationToken.None);
        await _store.DisposeAsync();
        await using (var other = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "PRAGMA user_version=99");
        }

        _store = Open();
        var thrown = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => _store.CheckAsync(CancellationToken.None));

        Assert.Contains("newer version", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderThatIsAFile_SaysWhatToDo()
    {
        await File.WriteAllTextAsync(_folder.File("taken"), "");
        await using var store = new SqliteJobStore(System.IO.Path.Combine(_folder.File("taken"), "jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.CheckAsync(CancellationToken.None));
        Assert.NotNull(store.Outage);
    }

    [Fact]
    public async Task OutcomesNobodyComesFor_AreForgottenOldestFirst()
    {
        await _store.CheckAsync(CancellationToken.None);
        await using var other = new SqliteConnection($"Data Source={Path};Pooling=False");
        await other.OpenAsync();
        await ExecuteAsync(other, $"INSERT INTO replayed (seq, record) VALUES (1, x'00'), (2, x'00'), ({TellHistory.MostReplayed + 1}, x'00')");

        await _store.PruneAsync(100, CancellationToken.None);

        await using var left = other.CreateCommand();
        left.CommandText = "SELECT MIN(seq) FROM replayed";
        Assert.Equal(2L, await left.ExecuteScalarAsync());
    }

    SqliteJobStore Open() => new(Path, TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

    static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    static JobEnvelope Job() => new()
    {
        Id = JobId.New(), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, Args = JsonSerializer.SerializeToElement(new { text = new string('x', 1_000) }),
        EnqueuedAt = DateTimeOffset.UnixEpoch, Retry = new RetryPolicy(1, default, default), ResultTtl = TimeSpan.FromHours(1),
    };
}
