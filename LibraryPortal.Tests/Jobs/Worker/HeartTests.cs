using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>When a worker stops its handlers by itself. The store is of no account here: it only falls silent.</summary>
[Collection(nameof(RunsAlone))]
public sealed class HeartTests
{
    static readonly TimeSpan Patience = Eventually.Deadline;

    // As far apart as the check lets them be: by beats alone the end of the lease would be seen five seconds late.
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(10.1);
    static readonly TimeSpan ReapAfter = TimeSpan.FromSeconds(10.2);

    [Fact]
    public async Task SilentStore_HandlersAreToldToStopWhenTheLeaseEnds_NotAtABeatAfterIt()
    {
        // Side by side, as both do nothing but wait.
        var stopped = await Task.WhenAll(StoppedAfterAsync(hangs: true), StoppedAfterAsync(hangs: false));

        Assert.All(stopped, static after => Assert.InRange(after, TimeSpan.Zero, Lease + (Heartbeat * 0.8)));
    }

    // How long after the store fell silent: it hangs, or else refuses.
    static async Task<TimeSpan> StoppedAfterAsync(bool hangs)
    {
        using var folder = new TemporaryFolder();
        await using var store = new SqliteJobStore(folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);
        await using var host = await EngineHost.StartAsync(store, options => (options.Heartbeat, options.Lease, options.ReapAfter) = (Heartbeat, Lease, ReapAfter));
        var stopped = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var silence = Stopwatch.StartNew();
        host.Stage.Play = async (_, job) =>
        {
            await using var seen = job.CancellationToken.Register(() => stopped.TrySetResult(silence.Elapsed));
            await stopped.Task;
            return "";
        };
        await host.Client.EnqueueAsync(new Script("a"));
        await host.Stage.StartedAsync("a");
        var beat = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Store.HoldsReplyOf = (name, _) =>
        {
            if (name != "beat" || beat.Task.IsCompleted)
                return Task.CompletedTask;
            silence.Restart();
            if (hangs)
                host.Store.Freeze();
            else
                host.Store.Cut();
            beat.SetResult();
            return Task.CompletedTask;
        };
        // The worker is told that the store is back, and beats at once.
        host.Store.Mend();
        await beat.Task.WaitAsync(Patience);

        var after = await stopped.Task.WaitAsync(Patience);
        host.Store.Mend();
        return after;
    }
}
