using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Ready means that the worker of this process, if it has one, takes jobs.</summary>
internal sealed class WorkerHealthCheck(CanaryReport report) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(report.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}
