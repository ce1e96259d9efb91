using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting;

/// <summary>Which store the engine uses in this process, and whether jobs run here.</summary>
internal static class PortalJobs
{
    public static IServiceCollection AddPortalJobs(this IServiceCollection services, PortalSettings settings)
    {
        services.AddJobs(typeof(PortalJobs).Assembly);
        if (settings.RedisConnection is null)
            services.AddSqliteJobStore(settings.JobsDatabase);
        if (settings.Role != PortalRole.Web)
            services.AddJobWorker();
        return services;
    }
}
