using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Inspection;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>What can only be looked at: busy slots, and the queues as this process saw them last.</summary>
/// <remarks>One for each worker, started by <see cref="JobWorker"/>. Asks the store for its queues every few seconds, and only while somebody listens. Stops when asked.</remarks>
internal sealed class JobGauges(IJobStore store, Intake intake, int slots, TimeProvider clock, ILogger log) : WorkerLoop("gauges", log)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    static readonly ConcurrentDictionary<JobGauges, IReadOnlyList<QueueRecord>> Workers = new();

    static readonly ObservableGauge<long> Depth = JobMetrics.Meter.CreateObservableGauge(
        "jobs.queue.depth", static () => Queues().Select(static queue => new Measurement<long>(queue.Depth, Tag(queue))), "{job}", "Jobs ready to run.");

    static readonly ObservableGauge<double> Oldest = JobMetrics.Meter.CreateObservableGauge(
        "jobs.queue.oldest", static () => Queues().Select(static queue => new Measurement<double>(Age(queue), Tag(queue))), "s", "How long the first in line has been ready.");

    static JobGauges()
    {
        JobMetrics.Meter.CreateObservableGauge("jobs.slots", static () => Workers.Keys.Sum(static worker => worker.Total), "{slot}", "Jobs that can run at once.");
        JobMetrics.Meter.CreateObservableGauge("jobs.slots.busy", static () => Workers.Keys.Sum(static worker => worker.InUse), "{slot}", "Slots that run a job now.");
    }

    int Total { get; } = slots;

    int InUse => Math.Min(intake.Held, Total);

    /// <summary>Its worker has stopped.</summary>
    public void Retire() => Workers.TryRemove(this, out _);

    protected override async Task RunOnceAsync(CancellationToken stop)
    {
        Workers.TryAdd(this, []);
        if (Depth.Enabled || Oldest.Enabled)
            await LookAsync(stop);
        await Task.Delay(Interval, clock, stop);
    }

    async Task LookAsync(CancellationToken stop)
    {
        try
        {
            Workers[this] = await store.ListQueuesAsync(stop);
        }
        catch (JobStoreUnavailableException)
        {
            // Said once by the outage log; what was seen last is no longer true.
            Workers[this] = [];
        }
    }

    // Workers of one process may share a store, and then saw the same.
    static IEnumerable<QueueRecord> Queues() => Workers.Values.SelectMany(static seen => seen).GroupBy(static queue => queue.Name, StringComparer.Ordinal)
        .Select(static same => same.MaxBy(static queue => queue.Depth)!);

    static double Age(QueueRecord queue) => queue.OldestSince is { } since ? Math.Max(0, (TimeProvider.System.GetUtcNow() - since).TotalSeconds) : 0;

    static KeyValuePair<string, object?> Tag(QueueRecord queue) => new("queue", queue.Name);
}
