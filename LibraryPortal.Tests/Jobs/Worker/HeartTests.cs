using System.Diagnostics;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>When a worker stops its handlers by itself. The store is of no account here: it only falls silent.</summary>
[Collection(nameof(RunsAlone))]
public sealed class HeartTests : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly SqliteJobStore _store;
    EngineHost? _host;

    public HeartTests() => _store = new SqliteJobStore(_folder.File("jobs.db"), TimeProvider.System, NullLogger<SqliteJobStore>.Instance);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SilentStore_HandlersAreToldToStopWhenTheLeaseEnds_NotAtABeatAfterIt(bool hangs)
    {
        // As far apart as the check lets them be: by beats alone the end of the lease would be seen two seconds late.
        var (heartbeat, lease) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4.1));
        _host = await EngineHost.StartAsync(_store, options => (options.Heartbeat, options.Lease, options.ReapAfter) = (heartbeat, lease, TimeSpan.FromSeconds(4.2)));
        var stopped = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var silence = Stopwatch.StartNew();
        _host.Stage.Play = async (_, job) =>
        {
            await using var seen = job.CancellationToken.Register(() => stopped.TrySetResult(silence.Elapsed));
            await stopped.Task;
            return "";
        };
        await _host.Client.EnqueueAsync(new Script("a"));
        await _host.Stage.StartedAsync("a");
        var beat = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Store.HoldsReplyOf = (name, _) =>
        {
            if (name != "beat" || beat.Task.IsCompleted)
                return Task.CompletedTask;
            silence.Restart();
            if (hangs)
                _host.Store.Freeze();
            else
                _host.Store.Cut();
            beat.SetResult();
            return Task.CompletedTask;
        };
        await beat.Task.WaitAsync(Patience);

        Assert.InRange(await stopped.Task.WaitAsync(Patience), TimeSpan.Zero, lease + (heartbeat * 0.8));
        _host.Store.Mend();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
