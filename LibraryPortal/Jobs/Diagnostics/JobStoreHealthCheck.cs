using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Ready means the store reads and writes now.</summary>
internal sealed class JobStoreHealthCheck(IJobStore store) : IHealthCheck
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await store.CheckAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (JobStoreUnavailableException error)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The job store did not answer within {Patience.TotalSeconds:N0} s.");
        }
    }
}
