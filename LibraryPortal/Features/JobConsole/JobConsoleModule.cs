using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Navigation;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Looking at jobs and steering them: the pages under <c>/admin/jobs</c> and <c>GET /api/jobs/{id}</c>.</summary>
internal static class JobConsoleModule
{
    public static IServiceCollection AddJobConsole(this IServiceCollection services)
    {
        services.AddSingleton<FindJob>();
        services.AddSingleton<InspectJobs>();
        services.AddSingleton<SteerJob>();
        services.AddNavigation(NavigationArea.Admin, "/admin/jobs", "Jobs", IconName.Gauge, 10, 'j', isMain: true);
        return services;
    }

    public static void MapJobConsole(this IEndpointRouteBuilder endpoints) => endpoints.MapJobsApi();
}
