using LibraryPortal.Data.JobHistory;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores.Redis;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Hosting;

/// <summary>Which store the engine uses in this process, and whether jobs run here.</summary>
internal static class PortalJobs
{
    /// <summary>The client's side alone, for commands beside a running portal: enqueue, look, steer.</summary>
    /// <param name="hasLibrary">False where the library's database, which has the history, is not within reach.</param>
    public static IServiceCollection AddPortalJobClient(this IServiceCollection services, PortalSettings settings, bool hasLibrary)
    {
        if (hasLibrary)
            services.AddJobHistory<SqliteJobHistory>();
        else
            services.AddJobHistoryElsewhere($"There is no history of jobs in {settings.LibraryFile}: give the portal's own --DataDirectory, or --ConnectionStrings:Library.");
        // The store belongs to the portal that runs: a command beside it takes it as it is, or not at all.
        return services.AddClient(settings, upgradeStore: false);
    }

    public static IServiceCollection AddPortalJobs(this IServiceCollection services, PortalSettings settings)
    {
        services.AddJobHistory<SqliteJobHistory>().AddClient(settings, upgradeStore: true);
        if (settings.Role != PortalRole.Web)
            services.AddJobWorker().AddJobScheduler().AddJobHistoryDrain();
        // The host must wait as long as the worker's stages may take, or running jobs would count as crashed instead of being handed back.
        services.AddOptions<HostOptions>().Configure<IOptions<JobsOptions>>((host, jobs) =>
            host.ShutdownTimeout = jobs.Value.ShutdownGrace + jobs.Value.StopPatience + TimeSpan.FromSeconds(15));
        return services;
    }

    static IServiceCollection AddClient(this IServiceCollection services, PortalSettings settings, bool upgradeStore)
    {
        services.AddJobs(typeof(PortalJobs).Assembly);
        if (settings.Diagnostics)
            services.AddDiagnosticsJobs();
        return settings.RedisConnection is null
            ? services.AddSqliteJobStore(settings.JobsDatabase, upgradeStore)
            : services.AddRedisJobStore(settings.RedisConnection, settings.RedisPrefix);
    }
}
