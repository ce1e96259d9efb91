using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Drops final records whose time-to-live is over, in small bites so that nobody waits for it.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; looks twice a minute; stops when asked.</remarks>
internal sealed class Pruner(IJobStore store, TimeProvider clock, Random random, ILogger log) : WorkerLoop("pruner", log)
{
    const int Bite = 500;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    static readonly TimeSpan BetweenBites = TimeSpan.FromMilliseconds(20);

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        await Task.Delay(Interval * (0.75 + (0.25 * random.NextDouble())), clock, stop);
        try
        {
            while (await store.PruneAsync(Bite, stop) == Bite)
                await Task.Delay(BetweenBites, clock, stop);
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log; what is over stays so.
        }
    }
}
