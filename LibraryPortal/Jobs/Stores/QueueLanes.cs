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

    /// <summary>Since when the first of a lane has been ready; as far as it can be told, where that job cannot be read.</summary>
    public static DateTimeOffset? FirstReadySince(JobEnvelope? first, DateTimeOffset? due) => first is null ? due : ReadySince(first, due);

    /// <param name="due">When it was due last, retries included.</param>
    public static DateTimeOffset ReadySince(JobEnvelope job, DateTimeOffset? due) =>
        (due ?? job.DueAt) is { } moment && moment > job.EnqueuedAt ? moment : job.EnqueuedAt;
}
