using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Looking at jobs and steering them: the pages under <c>/admin/jobs</c>, <c>/admin/workers</c> and <c>/admin/schedules</c>, and <c>GET /api/jobs/{id}</c>.</summary>
internal static class JobConsoleModule
{
    public static IServiceCollection AddJobConsole(this IServiceCollection services)
    {
        services.AddSingleton<FindJob>();
        services.AddSingleton<InspectJobs>();
        services.AddSingleton<SteerJob>();
        services.AddSingleton<SearchHistory>();
        services.AddSingleton<SteerSchedule>();
        services.AddNavigation(NavigationArea.Admin, "/admin/jobs", "Jobs", IconName.Gauge, 10, 'j', isMain: true);
        services.AddNavigation(NavigationArea.Admin, "/admin/schedules", "Schedules", IconName.Refresh, 12);
        services.AddNavigation(NavigationArea.Admin, "/admin/workers", "Workers", IconName.Settings, 13);
        return services;
    }

    public static void MapJobConsole(this IEndpointRouteBuilder endpoints) => endpoints.MapJobsApi();
}
