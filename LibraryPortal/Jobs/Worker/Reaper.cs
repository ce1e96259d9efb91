using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Recovers the jobs of workers that died. Every worker has one; the store sees to it that a job is recovered once.</summary>
/// <remarks>Started by <see cref="JobWorker"/>; looks once per poll interval; stops when asked.</remarks>
internal sealed class Reaper(IJobStore store, Heart heart, JobsOptions options, TimeProvider clock, Random random, ILogger log) : WorkerLoop("reaper", log)
{
    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        await Task.Delay(options.PollInterval * (0.9 + (0.1 * random.NextDouble())), clock, stop);
        // Right after an outage everyone has been silent. Let the living beat first.
        if (heart.MayReap)
            await ReapAsync();
    }

    async Task ReapAsync()
    {
        try
        {
            var recovered = await store.ReapAsync(options.ReapAfter, options.QuarantineAfter, CancellationToken.None);
            if (recovered.Count > 0)
            {
                JobMetrics.Recovered.Add(recovered.Count);
                Log.JobsRecovered(Logger, recovered.Count);
            }
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log; the next turn tries again.
        }
    }
}
