using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>The queues as this process saw them last. In each process with a client: how far they are behind matters most when no worker lives to tell.</summary>
/// <remarks>Started and stopped by the host; asks the store for its queues every few seconds, and only while somebody listens.</remarks>
internal sealed class QueueGauges(IJobStore store, TimeProvider clock, ILogger<QueueGauges> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    static readonly ConcurrentDictionary<QueueGauges, IReadOnlyList<QueueRecord>> Seen = new();

    static readonly ObservableGauge<long> Depth = JobMetrics.Meter.CreateObservableGauge(
        "jobs.queue.depth", static () => Queues().Select(static queue => new Measurement<long>(queue.Depth, Tag(queue))), "{job}", "Jobs ready to run.");

    static readonly ObservableGauge<double> Oldest = JobMetrics.Meter.CreateObservableGauge(
        "jobs.queue.oldest", static () => Queues().Select(static queue => new Measurement<double>(Age(queue), Tag(queue))), "s", "How long the first in line has been ready.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the host's thread: the first look may wait for the store.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            Seen[this] = Depth.Enabled || Oldest.Enabled ? await LookAsync(stoppingToken) : [];
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Seen.TryRemove(this, out _);
    }

    // Where it fails, what was seen last is no longer true.
    async Task<IReadOnlyList<QueueRecord>> LookAsync(CancellationToken stop)
    {
        try
        {
            return [.. (await store.ListQueuesAsync(stop)).Where(static queue => !Canary.SingsIn(queue.Name))];
        }
        catch (Exception error)
        {
            // That the store is out is said once, by the outage log.
            if (error is not JobStoreUnavailableException && !stop.IsCancellationRequested)
                Log.PartFailed(log, "queue gauges", error);
            return [];
        }
    }

    // Several hosts in one process may share a store, and then saw the same.
    static IEnumerable<QueueRecord> Queues() => Seen.Values.SelectMany(static seen => seen).GroupBy(static queue => queue.Name, StringComparer.Ordinal)
        .Select(static same => same.MaxBy(static queue => queue.Depth)!);

    static double Age(QueueRecord queue) => queue.OldestSince is { } since ? Math.Max(0, (TimeProvider.System.GetUtcNow() - since).TotalSeconds) : 0;

    static KeyValuePair<string, object?> Tag(QueueRecord queue) => new("queue", queue.Name);
}
