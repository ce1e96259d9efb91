using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>A queue is several lanes, one for each priority; people see it as one.</summary>
internal static class QueueLanes
{
    /// <summary>One record for each queue, from one for each lane.</summary>
    public static IReadOnlyList<QueueRecord> Join(IEnumerable<QueueRecord> lanes) =>
    [
        .. lanes.GroupBy(static lane => lane.Name, StringComparer.Ordinal)
            .Select(static queue => new QueueRecord(queue.Key, queue.Sum(static lane => lane.Depth), queue.Min(static lane => lane.OldestSince), queue.Max(static lane => lane.PausedAt)))
            .OrderBy(static queue => queue.Name, StringComparer.Ordinal),
    ];

    /// <param name="due">When it was due last, retries included.</param>
    public static DateTimeOffset ReadySince(JobEnvelope job, DateTimeOffset? due) =>
        (due ?? job.DueAt) is { } moment && moment > job.EnqueuedAt ? moment : job.EnqueuedAt;
}
