using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;
using LibraryPortal.Features.JobConsole.Audited;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Looking at jobs and steering them: the pages under <c>/admin/jobs</c>, <c>/admin/flows</c>, <c>/admin/schedules</c>, <c>/admin/limits</c> and <c>/admin/workers</c>, and <c>GET /api/jobs/{id}</c>.</summary>
internal static class JobConsoleModule
{
    public static IServiceCollection AddJobConsole(this IServiceCollection services)
    {
        services.AddSingleton<FindJob>();
        services.AddSingleton<InspectJobs>();
        services.AddSingleton<SteerJob>();
        services.AddSingleton<SearchHistory>();
        services.AddSingleton<SteerSchedule>();
        services.AddSingleton<SteerDeadJobs>();
        services.AddSingleton<SteerSelectedJobs>();
        services.AddSingleton<SteerQueue>();
        services.AddSingleton<SteerFlow>();
        services.AddSingleton<SteerLimit>();
        services.AddSingleton<InspectFlows>();
        services.AddSingleton<BackfillSchedule>();
        services.AddSingleton<SteeringRecord>();
        services.AddSteering();
        services.AddNavigation(NavigationArea.Admin, "/admin/jobs", "Jobs", IconName.Gauge, 10, 'j', isMain: true);
        services.AddNavigation(NavigationArea.Admin, "/admin/flows", "Flows", IconName.ArrowRight, 11);
        services.AddNavigation(NavigationArea.Admin, "/admin/schedules", "Schedules", IconName.Refresh, 12);
        services.AddNavigation(NavigationArea.Admin, "/admin/limits", "Limits", IconName.Gauge, 13);
        services.AddNavigation(NavigationArea.Admin, "/admin/workers", "Workers", IconName.Settings, 14);
        return services;
    }

    /// <summary>Steering with an entry in the audit, which the command line shares; it needs a <see cref="SteeringRecord"/>.</summary>
    public static IServiceCollection AddSteering(this IServiceCollection services)
    {
        services.AddSingleton<AuditedEnqueue>();
        services.AddSingleton<AuditedJobs>();
        services.AddSingleton<AuditedDeadJobs>();
        services.AddSingleton<AuditedQueues>();
        services.AddSingleton<AuditedFlows>();
        services.AddSingleton<AuditedSchedules>();
        services.AddSingleton<AuditedLimits>();
        return services;
    }

    public static void MapJobConsole(this IEndpointRouteBuilder endpoints) => endpoints.MapJobsApi();
}
