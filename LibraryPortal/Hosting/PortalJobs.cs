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
    /// <summary>The client's side alone: enqueue, look, steer.</summary>
    /// <param name="history">False where the database of the history is not at hand.</param>
    public static IServiceCollection AddPortalJobClient(this IServiceCollection services, PortalSettings settings, bool history = true)
    {
        services.AddJobs(typeof(PortalJobs).Assembly);
        if (settings.Diagnostics)
            services.AddDiagnosticsJobs();
        if (history)
            services.AddJobHistory<SqliteJobHistory>();
        if (settings.RedisConnection is null)
            services.AddSqliteJobStore(settings.JobsDatabase);
        else
            services.AddRedisJobStore(settings.RedisConnection, settings.RedisPrefix);
        return services;
    }

    public static IServiceCollection AddPortalJobs(this IServiceCollection services, PortalSettings settings)
    {
        services.AddPortalJobClient(settings);
        if (settings.Role != PortalRole.Web)
            services.AddJobWorker().AddJobScheduler().AddJobHistoryDrain();
        // The host must wait as long as the worker's stages may take, or running jobs would count as crashed instead of being handed back.
        services.AddOptions<HostOptions>().Configure<IOptions<JobsOptions>>((host, jobs) =>
            host.ShutdownTimeout = jobs.Value.ShutdownGrace + jobs.Value.StopPatience + TimeSpan.FromSeconds(15));
        return services;
    }
}
