using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Sqlite;

/// <summary>Promise 1 on the embedded store: what was acknowledged is in the files by then, whatever happens to the process afterwards.</summary>
public sealed class SqliteDurabilityTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Acknowledged_IsInTheFilesWhenTheProcessDies()
    {
        await using var store = Open("alive");
        var jobs = Enumerable.Range(0, 50).Select(_ => Job()).ToArray();
        await store.EnqueueAsync(jobs, CancellationToken.None);
        await store.BeatAsync(new WorkerBeat("w", "host", 1, "1", 1, 0, ["default"], ["test.one"], DateTimeOffset.UnixEpoch, IsFirst: true), CancellationToken.None);
        var claimed = (await store.ClaimAsync(new ClaimRequest("w", [new Lane("default", JobPriority.Normal)], 1), CancellationToken.None)).Jobs[0];
        await store.FinishAsync("w", [new JobOutcome(claimed, OutcomeKind.Succeeded)], CancellationToken.None);

        // The files as a killed process leaves them: nothing closed, nothing checkpointed.
        Directory.CreateDirectory(_folder.File("dead"));
        foreach (var file in Directory.GetFiles(_folder.File("alive")))
            File.Copy(file, Path.Combine(_folder.File("dead"), Path.GetFileName(file)));
        await using var heir = Open("dead");

        Assert.Equal(JobState.Succeeded, (await heir.FindAsync(claimed.Envelope.Id, CancellationToken.None))!.State);
        foreach (var job in jobs.Where(job => job.Id != claimed.Envelope.Id))
            Assert.Equal(JobState.Queued, (await heir.FindAsync(job.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task ALogThatGrows_IsCarriedIntoTheFileBesideTheWriter()
    {
        await using var store = Open("alive");
        // Far fewer than make the writer stop for it.
        for (var commit = 0; commit < 300; commit++)
            await store.EnqueueAsync([Job()], CancellationToken.None);

        await Eventually.HoldsAsync("the file alone has jobs", () => JobsInTheFileAlone(Path.Combine(_folder.File("alive"), "jobs.db")) > 0);
    }

    static long JobsInTheFileAlone(string path)
    {
        var copy = path + "-copy";
        File.Copy(path, copy, overwrite: true);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM job";
        try
        {
            return (long)count.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // Copied in the middle of a checkpoint, or before the first.
            return 0;
        }
    }

    SqliteJobStore Open(string name) => new(Path.Combine(_folder.File(name), "jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

    static JobEnvelope Job() => new()
    {
        Id = JobId.New(), Name = "test.one", Queue = "default", Priority = JobPriority.Normal, Args = JsonSerializer.SerializeToElement(new { }),
        EnqueuedAt = DateTimeOffset.UnixEpoch, Retry = new RetryPolicy(1, default, default), ResultTtl = TimeSpan.FromHours(1),
    };
}
