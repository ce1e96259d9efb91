using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Tests.Chaos;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Diagnostics;

/// <summary>The job that kills its worker, with real workers to kill.</summary>
[Trait("Category", "Slow")]
public sealed class CrashJobTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Crash_KillsThreeWorkers_AndIsQuarantined_AndMayBeReplayed()
    {
        await using var server = await RedisServer.StartAsync("--appendfsync", "no");
        await using var history = await ChaosHistory.OpenAsync();
        using var folder = new TemporaryFolder();
        // A worker that starved past its lease would be taken for one more that the job had killed.
        string[] options = [$"redis={server.Address}", $"ledger={folder.Path}", history.Option, .. ChaosScale.Worker];
        await using var store = RedisStores.Open(server, "lp");
        await using var witness = await EngineHost.StartAsync(store, Witness, jobs: static services => services.AddDiagnosticsJobs());
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ChaosProcess.StartAsync(options)));
        try
        {
            var handle = await witness.Client.EnqueueAsync(new Crash());

            var record = await handle.WaitAsync(Patience);

            Assert.Equal((JobState.Quarantined, 0, 3), (record.State, record.Attempt, record.Crashes));
            Assert.Equal("Its worker died under it 3 times.", record.Error);
            await Eventually.HoldsAsync(
                "no worker but the witness lives", async () => await store.ListWorkersAsync(CancellationToken.None) is [{ ProcessId: var process }] && process == Environment.ProcessId);

            Assert.Equal(RetryReply.Queued, await witness.Inspector.RetryAsync(handle.Id));
            var again = (await handle.FindAsync())!;
            Assert.Equal((JobState.Queued, 0), (again.State, again.Crashes));
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
    }

    // Finds the dead and takes nothing of theirs.
    static void Witness(JobsOptions options)
    {
        options.Queues.Add("witness");
        options.Heartbeat = TimeSpan.FromMilliseconds(400);
        options.Lease = TimeSpan.FromSeconds(5);
        options.ReapAfter = TimeSpan.FromSeconds(6);
        options.PollInterval = TimeSpan.FromMilliseconds(400);
    }
}
