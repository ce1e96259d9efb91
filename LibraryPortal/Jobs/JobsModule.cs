using System.Reflection;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Sqlite;
using LibraryPortal.Jobs.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs;

/// <summary>Registers the engine: the client everywhere, one store, and the worker where jobs are to run.</summary>
public static class JobsModule
{
    /// <summary>The tag of the health checks that say whether this process may get work.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Adds the client, the inspector and every handler with a <see cref="JobAttribute"/> in the assemblies given. A store must be added too.</summary>
    /// <exception cref="InvalidOperationException">A handler cannot work, or two share a name; the message says which.</exception>
    public static IServiceCollection AddJobs(this IServiceCollection services, params ReadOnlySpan<Assembly> handlers)
    {
        services.AddOptions<JobsOptions>()
            .Configure<IServiceProvider>(static (options, provider) => provider.GetService<IConfiguration>()?.GetSection(JobsOptions.Section).Bind(options))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<EnvelopeFactory>();
        services.AddSingleton<NamedArgs>();
        services.AddSingleton<EnqueueBatcher>();
        services.AddSingleton<BulkEnqueue>();
        services.AddSingleton<JobLookup>();
        services.AddSingleton<JobWaits>();
        services.AddSingleton<IJobClient, JobClient>();
        services.AddSingleton<ArgsEditor>();
        services.AddSingleton<FlowPlanner>();
        services.AddSingleton<FlowResults>();
        services.AddSingleton<FlowWaits>();
        services.AddSingleton<IJobFlows, JobFlows>();
        services.AddSingleton<IJobInspector, JobInspector>();
        services.AddSingleton<IJobLimits, JobLimits>();
        services.AddSingleton<IJobEvents, JobEvents>();
        services.AddSingleton<IJobStoreStatus, JobStoreStatus>();
        services.AddJobSchedules();
        services.AddSingleton<CanaryReport>();
        services.AddHostedService<OutageLog>();
        services.AddHostedService<QueueGauges>();
        services.AddHealthChecks().AddCheck<JobStoreHealthCheck>("jobs", tags: [ReadyTag]).AddCheck<WorkerHealthCheck>("worker", tags: [ReadyTag]);
        foreach (var assembly in handlers)
        {
            foreach (var handler in assembly.GetTypes().Where(type => type.GetCustomAttribute<JobAttribute>() is { OnRequestOnly: false }))
                services.AddJobHandler(handler);
        }

        return services;
    }

    /// <summary>Adds one handler, for programs that do not want a whole assembly searched.</summary>
    /// <exception cref="InvalidOperationException">The handler cannot work, or another has its name.</exception>
    public static IServiceCollection AddJobHandler<THandler>(this IServiceCollection services) where THandler : class =>
        services.AddJobHandler(typeof(THandler));

    /// <summary>Keeps jobs in a SQLite file of this process.</summary>
    /// <param name="path">The file; made when missing, with its folder.</param>
    /// <param name="upgrade">False for a process beside the one the file belongs to: it neither makes the file nor brings it up to its own version, and is refused
    /// where either would be needed.</param>
    public static IServiceCollection AddSqliteJobStore(this IServiceCollection services, string path, bool upgrade = true) =>
        services.AddSqliteJobStore(path, EndedCaps.Usual, upgrade);

    /// <inheritdoc cref="AddSqliteJobStore(IServiceCollection, string, bool)"/>
    internal static IServiceCollection AddSqliteJobStore(this IServiceCollection services, string path, EndedCaps caps, bool upgrade = true) =>
        services.AddSingleton<IJobStore>(provider => new SqliteJobStore(
            path, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqliteJobStore>>(), upgrade, caps));

    /// <summary>Runs jobs in this process.</summary>
    public static IServiceCollection AddJobWorker(this IServiceCollection services)
    {
        services.AddHostedService<JobWorker>();
        return services.AddJobHandler<CanaryJob>();
    }

    static IServiceCollection AddJobHandler(this IServiceCollection services, Type handler)
    {
        if (RegistryOf(services).Add(handler))
            services.AddTransient(handler);
        return services;
    }

    // The registry is filled while services are registered, so that a wrong handler stops the program before it starts.
    static JobRegistry RegistryOf(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(JobRegistry))?.ImplementationInstance is JobRegistry known)
            return known;
        var registry = new JobRegistry();
        services.AddSingleton(registry);
        return registry;
    }
}
