using LibraryPortal.Jobs;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace LibraryPortal.Hosting;

/// <summary>What an orchestrator asks: <c>/health/live</c> is 200 while the process answers, <c>/health/ready</c> only while what it depends on does too.</summary>
internal static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(JobsModule.ReadyTag) }).AllowAnonymous();
        return routes;
    }
}
