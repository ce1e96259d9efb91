using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Identity.Limits;

/// <summary>Counts tries to sign in over the API per user name and client address, which a limit on addresses alone cannot: the name is in the body.</summary>
internal sealed class LoginThrottle(IOptions<RateLimitOptions> options) : IAsyncDisposable
{
    readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => ToWindow(options.Value.ApiLogin)));

    /// <returns>Null when the try may go on; else how long to wait.</returns>
    public TimeSpan? Enter(string userName, string address)
    {
        using var lease = _limiter.AttemptAcquire($"{userName.ToUpperInvariant()} {address}");
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var rest) ? rest : TimeSpan.FromSeconds(options.Value.ApiLogin.WindowSeconds);
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    internal static FixedWindowRateLimiterOptions ToWindow(RateLimit limit) => new()
    {
        PermitLimit = limit.Permits,
        Window = TimeSpan.FromSeconds(limit.WindowSeconds),
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
