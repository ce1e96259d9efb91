using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Tells the store what the configuration says of limits, before the first claim: no job slips through a limit that is not known yet.</summary>
internal sealed class LimitDeclarer(ILimitStore store, JobsOptions options, TimeProvider clock, ILogger log)
{
    /// <summary>Returns once all are declared, or when asked to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var said = false;
        foreach (var (name, rule) in options.Limits)
        {
            while (!stop.IsCancellationRequested && await TryDeclareAsync(name, rule) is { } reason)
            {
                if (!said)
                    Log.LimitsNotDeclared(log, reason);
                said = true;
                await Task.Delay(options.PollInterval, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Why it could not be done; null when it was.</returns>
    async Task<string?> TryDeclareAsync(string name, LimitRule rule)
    {
        try
        {
            await store.SetLimitAsync(name, rule, byOperator: false, CancellationToken.None);
            return null;
        }
        catch (JobStoreUnavailableException error)
        {
            return error.Message;
        }
    }
}
