using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Tests.Jobs.Engine;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>One process that schedules, inside the test, on a store that outlives it. Nothing runs by itself unless started.</summary>
public sealed class ScheduleHost : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly CapturedLog _log;
    readonly List<IHostedService> _running = [];

    ScheduleHost(ServiceProvider services, CapturedLog log) => (_services, _log) = (services, log);

    public IJobSchedules Schedules => _services.GetRequiredService<IJobSchedules>();

    public IJobClient Client => _services.GetRequiredService<IJobClient>();

    public IReadOnlyList<string> Said => _log.Lines;

    public Stage Stage => _services.GetRequiredService<Stage>();

    internal Scheduler Scheduler => _services.GetRequiredService<Scheduler>();

    /// <param name="declare">Declares the schedules of this process.</param>
    /// <param name="schedules">The same store or one in front of it.</param>
    public static ScheduleHost Create(
        IJobStore store, TimeProvider clock, Action<IServiceCollection>? declare = null, IScheduleStore? schedules = null,
        Action<SchedulerOptions>? configure = null, bool worker = false)
    {
        var log = new CapturedLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log));
        services.AddSingleton(clock);
        // Somebody else disposes it.
        services.AddSingleton<IJobStore>(new UnreliableStore(store));
        services.AddSingleton(schedules ?? (IScheduleStore)store);
        services.AddSingleton(new Stage());
        services.AddJobs().AddJobHandler<ScriptJob>().AddJobScheduler();
        services.Configure<SchedulerOptions>(options => configure?.Invoke(options));
        if (worker)
            services.AddJobWorker();
        declare?.Invoke(services);
        return new ScheduleHost(services.BuildServiceProvider(validateScopes: true), log);
    }

    /// <summary>Runs the scheduler, and the worker if there is one. Nobody beside them waits on their clock.</summary>
    public async Task StartAsync()
    {
        foreach (var hosted in _services.GetServices<IHostedService>().Where(static hosted => hosted is not QueueGauges))
        {
            await hosted.StartAsync(CancellationToken.None);
            _running.Add(hosted);
        }
    }

    /// <summary>Looks until there is nothing left to do now.</summary>
    internal async Task<SchedulerTurn> LookAsync()
    {
        var sum = default(SchedulerTurn);
        while (true)
        {
            var turn = await Scheduler.LookAsync(CancellationToken.None);
            sum = turn with { Fired = sum.Fired + turn.Fired, PassedOver = sum.PassedOver + turn.PassedOver, Settled = sum.Settled + turn.Settled };
            if (turn.Settled == 0)
                return sum;
        }
    }

    /// <summary>A schedule to be saved by an operator.</summary>
    public Schedule Schedule(string name, ScheduleRule rule, string key = "k") =>
        new() { Name = name, Rule = rule, Job = Client.Prepare(new Script(key)) };

    public async ValueTask DisposeAsync()
    {
        for (; _running.Count > 0; _running.RemoveAt(_running.Count - 1))
            await _running[^1].StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
