using LibraryPortal.Jobs;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Hosting.Bench;

/// <summary>One process of the engine as the portal runs it, on the bench's store: a client, and a worker where asked for.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly List<IHostedService> _running = [];

    BenchProcess(ServiceProvider services) => _services = services;

    public IJobClient Client => _services.GetRequiredService<IJobClient>();

    /// <param name="slots">Jobs the worker runs at once; 0: no worker.</param>
    /// <param name="history">Where outcomes go, which a worker's process carries there; null: nowhere.</param>
    public static BenchProcess Prepare(IJobStore store, BenchTally tally, int slots, BenchHistory? history = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(tally);
        services.AddSingleton(store);
        services.AddJobs().AddJobHandler<BenchNoopJob>();
        if (slots > 0)
            services.AddJobWorker().Configure<JobsOptions>(options => options.Slots = slots);
        history?.AddTo(services);
        if (slots > 0 && history is not null)
            services.AddJobHistoryDrain();
        return new BenchProcess(services.BuildServiceProvider());
    }

    /// <inheritdoc cref="Prepare"/>
    public static async Task<BenchProcess> StartAsync(IJobStore store, BenchTally tally, int slots, CancellationToken cancellationToken, BenchHistory? history = null)
    {
        var process = Prepare(store, tally, slots, history);
        await process.StartAsync(cancellationToken);
        return process;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var hosted in _services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(cancellationToken);
            _running.Add(hosted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (; _running.Count > 0; _running.RemoveAt(_running.Count - 1))
            await _running[^1].StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
