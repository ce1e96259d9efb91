using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>The whole engine, client to handler and back, on a real store. A store's tests derive from it and say how a store is made.</summary>
public abstract partial class JobEngineTests : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = Support.Eventually.Deadline;

    readonly List<EngineHost> _hosts = [];

    protected IJobStore Store { get; private set; } = null!;

    protected abstract ValueTask<IJobStore> OpenAsync();

    /// <summary>Makes what the store has of a job unreadable, with what became of it.</summary>
    protected abstract Task DamageAsync(JobId id);

    /// <summary>Makes what the store has of where a job is to go on unreadable.</summary>
    protected abstract Task DamageCursorAsync(JobId id);

    /// <summary>Changes the form in which the store has a job that has not ended.</summary>
    protected abstract Task RewriteAsync(JobId id, Func<string, string> rewrite);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<EngineHost> StartAsync(Action<JobsOptions>? configure = null, bool worker = true, bool knowsNews = true, bool cut = false, IJobHistory? history = null,
        Action<IServiceCollection>? jobs = null, Func<Script, JobContext, Task<string>>? play = null)
    {
        var host = await EngineHost.StartAsync(Store, configure, worker, knowsNews, cut, history, jobs, play);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Leases short enough for a test to see one expire, long enough for a busy machine.</summary>
    protected static void Quick(JobsOptions options)
    {
        options.Heartbeat = TimeSpan.FromMilliseconds(100);
        options.Lease = TimeSpan.FromMilliseconds(1_000);
        options.ReapAfter = TimeSpan.FromMilliseconds(1_500);
        options.PollInterval = TimeSpan.FromMilliseconds(100);
        options.ShutdownGrace = TimeSpan.Zero;
        options.StopPatience = TimeSpan.FromMilliseconds(200);
    }

    /// <summary>As quick, with a lease that no standstill of a busy machine ends: for tests in which no living worker is to lose its jobs.</summary>
    protected static void Brisk(JobsOptions options)
    {
        Quick(options);
        options.Lease = TimeSpan.FromMinutes(1);
        options.ReapAfter = TimeSpan.FromMinutes(2);
    }

    /// <summary>Hangs as an honest handler does: until told to stop.</summary>
    protected static async Task<string> WaitForStopAsync(JobContext job)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, job.CancellationToken);
        return "never";
    }

    protected async Task<JobRecord> UntilAsync(EngineHost host, JobId id, Func<JobRecord, bool> holds)
    {
        using var changed = new SemaphoreSlim(0);
        using var events = Store.Subscribe(_ => changed.Release());
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var record = await host.Client.FindAsync(id);
            if (record is not null && holds(record))
                return record;
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, $"Job {id} never came so far: it is {record}.");
            await changed.WaitAsync(TimeSpan.FromMilliseconds(100));
        }
    }
}
