using System.Globalization;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>A file of an older version of the program is brought up to date, and what it holds goes on.</summary>
public sealed class SqliteUpgradeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task File_OfAnOlderVersion_KeepsWhatIsQueuedAndWhatIsParked(int version)
    {
        var (queued, parked) = (Job("test.one"), Job("test.unknown"));
        Write(version, queued, parked);
        await using var store = new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

        await BeatAsync(store, "old", "test.one");
        Assert.Contains("test.unknown", (await store.FindAsync(parked.Id, default))!.HeldBack, StringComparison.Ordinal);
        Assert.Equal([queued.Id], await ClaimAsync(store, "old"));
        await BeatAsync(store, "new", "test.unknown");
        Assert.Equal([parked.Id], await ClaimAsync(store, "new"));
        Assert.True(await store.PauseQueueAsync("default", paused: true, default));
    }

    [Fact]
    public async Task File_OfAnOlderVersion_IsLeftAlone_ByAProcessItDoesNotBelongTo()
    {
        Write(5, Job("test.one"), Job("test.two"));
        var before = await File.ReadAllBytesAsync(_folder.File("jobs.db"));

        await using (var store = new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance, upgrade: false))
        {
            var thrown = await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.CountAsync(default));
            Assert.Contains("belongs to an earlier version of the program (schema 5, this one needs", thrown.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File("jobs.db")));
    }

    [Fact]
    public async Task File_ThatIsMissing_IsNotMade_ByAProcessItDoesNotBelongTo()
    {
        await using var store = new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance, upgrade: false);

        await Assert.ThrowsAsync<JobStoreUnavailableException>(() => store.CountAsync(default));

        Assert.False(File.Exists(_folder.File("jobs.db")));
    }

    public void Dispose() => _folder.Dispose();

    static Task<BeatReply> BeatAsync(SqliteJobStore store, string worker, string name) =>
        store.BeatAsync(new WorkerBeat(worker, "host", 1, "1", 4, 1, ["default"], [name], TimeProvider.System.GetUtcNow(), IsFirst: true), default);

    static async Task<JobId[]> ClaimAsync(SqliteJobStore store, string worker) =>
        [.. (await store.ClaimAsync(new ClaimRequest(worker, [new Lane("default", JobPriority.Normal)], 10), default)).Jobs.Select(job => job.Envelope.Id)];

    static JobEnvelope Job(string name) => new()
    {
        Id = JobId.New(), Name = name, Queue = "default", Priority = JobPriority.Normal, Args = System.Text.Json.JsonElement.Parse("{}"), EnqueuedAt = DateTimeOffset.UnixEpoch,
        Retry = new RetryPolicy(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), ResultTtl = TimeSpan.FromHours(1),
    };

    void Write(int version, JobEnvelope queued, JobEnvelope parked)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _folder.File("jobs.db"), Pooling = false }.ToString());
        connection.Open();
        for (var step = 1; step <= version; step++)
            Run(connection, Schema(step) + $"PRAGMA user_version={step};");
        Run(connection, "INSERT INTO queue (key, name) VALUES (1, 'default');");
        foreach (var (job, place) in new[] { (queued, 0), (parked, 1) })
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO job (id, name, lane, state, parked, pos, envelope) VALUES ($id, $name, 2 * 65536 + 1, 2, $parked, $parked, $envelope)";
            insert.Parameters.AddWithValue("$id", JobRow.Key(job.Id));
            insert.Parameters.AddWithValue("$name", job.Name);
            insert.Parameters.AddWithValue("$parked", place);
            insert.Parameters.AddWithValue("$envelope", EnvelopeCodec.Write(job));
            insert.ExecuteNonQuery();
        }

        if (version >= 4)
            Run(connection, "UPDATE job SET held = name WHERE parked = 1;");
    }

    static string Schema(int version)
    {
        var number = version == 1 ? "" : version.ToString(CultureInfo.InvariantCulture);
        using var stream = typeof(SqliteJobStore).Assembly.GetManifestResourceStream($"LibraryPortal.Jobs.Stores.Sqlite.Schema{number}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // schemas are resources of the program
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
