using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Jobs.Engine;

/// <summary>One process of the engine inside the test: a client, and a worker unless told otherwise.</summary>
public sealed class EngineHost : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly List<IHostedService> _running = [];
    readonly CapturedLog _log;

    EngineHost(ServiceProvider services, UnreliableStore store, Stage stage, CapturedLog log) => (_services, Store, Stage, _log) = (services, store, stage, log);

    public UnreliableStore Store { get; }

    public Stage Stage { get; }

    public IJobClient Client => _services.GetRequiredService<IJobClient>();

    public IJobFlows Flows => _services.GetRequiredService<IJobFlows>();

    public IJobInspector Inspector => _services.GetRequiredService<IJobInspector>();

    /// <summary>How often a consumer of this process started anew.</summary>
    public int Canaries => _log.Lines.Count(line => line.Contains("its consumer starts anew", StringComparison.Ordinal));

    /// <summary>What this process logged as errors.</summary>
    public IEnumerable<string> Errors => _log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal));

    /// <summary>What this process logged as warnings.</summary>
    public IEnumerable<string> Warnings => _log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal));

    /// <summary>Why the process is not ready, by what its worker says; null when it is.</summary>
    public async Task<string?> TroubleAsync()
    {
        var report = await _services.GetRequiredService<HealthCheckService>().CheckHealthAsync(static check => check.Name == "worker" && check.Tags.Contains(JobsModule.ReadyTag));
        return Assert.Single(report.Entries).Value.Description;
    }

    public IJobLimits Limits => _services.GetRequiredService<IJobLimits>();

    /// <param name="shared">The store, which outlives the host.</param>
    /// <param name="worker">False for a process that only enqueues.</param>
    /// <param name="history">Where ended jobs go; null: nowhere.</param>
    /// <param name="cut">Whether it starts with its store out of reach.</param>
    /// <param name="jobs">Adds handlers beside the usual ones.</param>
    /// <param name="play">What jobs do, those included that wait for it already; null: as <see cref="Stage.Play"/> says, from when it is set.</param>
    /// <param name="knowsNews">Whether it knows the job named <c>test.news</c>.</param>
    public static async Task<EngineHost> StartAsync(IJobStore shared, Action<JobsOptions>? configure = null, bool worker = true, bool knowsNews = true, bool cut = false, IJobHistory? history = null,
        Action<IServiceCollection>? jobs = null, Func<Script, JobContext, Task<string>>? play = null)
    {
        var store = new UnreliableStore(shared);
        if (cut)
            store.Cut();
        var stage = new Stage();
        if (play is not null)
            stage.Play = play;
        var services = new ServiceCollection();
        var log = new CapturedLog();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(log));
        services.AddSingleton(stage);
        services.AddSingleton<IJobStore>(store);
        if (history is not null)
        {
            services.AddSingleton(history).Configure<HistoryOptions>(options => options.PollInterval = TimeSpan.FromMilliseconds(100));
            if (worker)
                services.AddJobHistoryDrain();
        }

        services.AddJobs().AddJobHandler<ScriptJob>().AddJobHandler<JoinJob>();
        if (knowsNews)
            services.AddJobHandler<NewsJob>();
        jobs?.Invoke(services);
        services.Configure<JobsOptions>(options =>
        {
            options.ShutdownGrace = TimeSpan.FromSeconds(5);
            // A test that counts jobs counts its own.
            options.CanaryInterval = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        if (worker)
            services.AddJobWorker();
        var host = new EngineHost(services.BuildServiceProvider(validateScopes: true), store, stage, log);
        foreach (var hosted in host._services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
            host._running.Add(hosted);
        }

        return host;
    }

    /// <summary>Stops as the host does on SIGTERM.</summary>
    public async Task StopAsync()
    {
        for (; _running.Count > 0; _running.RemoveAt(_running.Count - 1))
            await _running[^1].StopAsync(CancellationToken.None);
    }

    /// <summary>Is gone as after kill -9: nothing it does reaches the store any more.</summary>
    public void Kill() => Store.Freeze();

    public async ValueTask DisposeAsync()
    {
        Store.Bury();
        // What still runs can tell nobody any more.
        _services.GetRequiredService<IOptions<JobsOptions>>().Value.ShutdownGrace = TimeSpan.Zero;
        await StopAsync();
        await _services.DisposeAsync();
    }
}
