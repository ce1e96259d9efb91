using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Jobs.History;

/// <summary>Deletes what the history has kept long enough, and the oldest of too many, in small bites so that nobody waits for it.</summary>
/// <remarks>Started and stopped by the host; looks every ten minutes. Several may run: a deleted row is deleted once.</remarks>
internal sealed class HistoryTrimmer(IJobHistory history, IOptions<HistoryOptions> options, TimeProvider clock, Random random, ILogger<HistoryTrimmer> log) : BackgroundService
{
    const int Bite = 500;

    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    static readonly TimeSpan BetweenBites = TimeSpan.FromMilliseconds(50);

    /// <returns>How many outcomes were deleted.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (await history.TrimAsync(clock.GetUtcNow() - options.Value.KeepFor, options.Value.KeepAtMost, Bite, cancellationToken) is > 0 and var some)
        {
            deleted += some;
            await Task.Delay(BetweenBites, clock, cancellationToken);
        }

        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval * (0.75 + (0.25 * random.NextDouble())), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryRunOnceAsync(stoppingToken);
        }
    }

    async Task TryRunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken);
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            HistoryLog.NotTrimmed(log, error);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
