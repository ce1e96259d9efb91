using System.Collections.Concurrent;
using LibraryPortal.Jobs.Worker;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>What can only be looked at of the workers of this process: their slots.</summary>
/// <remarks>One for each worker, shown and hidden by <see cref="JobWorker"/>.</remarks>
internal sealed class SlotGauges(Intake intake, int slots)
{
    static readonly ConcurrentDictionary<SlotGauges, bool> Workers = new();

    static SlotGauges()
    {
        JobMetrics.Meter.CreateObservableGauge("jobs.slots", static () => Workers.Keys.Sum(static worker => worker.Total), "{slot}", "Jobs that can run at once.");
        JobMetrics.Meter.CreateObservableGauge("jobs.slots.busy", static () => Workers.Keys.Sum(static worker => worker.InUse), "{slot}", "Slots that run a job now.");
    }

    int Total { get; } = slots;

    int InUse => Math.Min(intake.Held, Total);

    /// <summary>Its worker has started.</summary>
    public void Show() => Workers.TryAdd(this, true);

    /// <summary>Its worker has stopped.</summary>
    public void Hide() => Workers.TryRemove(this, out _);
}
