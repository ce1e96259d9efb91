using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;
using LibraryPortal.Jobs.Stores.Redis;

namespace LibraryPortal.Hosting;

/// <summary>Which store the engine uses in this process, and whether jobs run here.</summary>
internal static class PortalJobs
{
    public static IServiceCollection AddPortalJobs(this IServiceCollection services, PortalSettings settings)
    {
        services.AddJobs(typeof(PortalJobs).Assembly);
        if (settings.RedisConnection is null)
            services.AddSqliteJobStore(settings.JobsDatabase);
        else
            services.AddRedisJobStore(settings.RedisConnection, settings.RedisPrefix);
        if (settings.Role != PortalRole.Web)
            services.AddJobWorker().AddJobScheduler();
        return services;
    }
}
