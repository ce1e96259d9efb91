using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Worker;

/// <summary>In which order a claim looks at the lanes. Mostly by priority; every so often, unless the order is strict, a lower priority comes first, so that none
/// is starved; queues of equal priority take turns.</summary>
internal sealed class LaneOrder
{
    // Which priority comes first in each of fifteen claims: shares of 8, 4, 2 and 1, spread out.
    static readonly JobPriority[] Wheel =
    [
        JobPriority.Critical, JobPriority.High, JobPriority.Critical, JobPriority.Normal, JobPriority.Critical, JobPriority.High, JobPriority.Critical,
        JobPriority.Low,
        JobPriority.Critical, JobPriority.High, JobPriority.Critical, JobPriority.Normal, JobPriority.Critical, JobPriority.High, JobPriority.Critical,
    ];

    static readonly JobPriority[] Priorities = Enum.GetValues<JobPriority>();

    readonly Lane[][] _orders;
    int _turn = -1;

    /// <param name="order">Whether lower priorities get their share, or only what higher ones leave.</param>
    /// <param name="own">A queue that is this worker's alone, looked at last of all.</param>
    public LaneOrder(IReadOnlyList<string> queues, PriorityOrder order = PriorityOrder.Fair, string? own = null)
    {
        var wheel = order == PriorityOrder.Strict ? [JobPriority.Critical] : Wheel;
        // Every order there is, made once: a claim only picks one.
        _orders = new Lane[wheel.Length * queues.Count][];
        for (var turn = 0; turn < _orders.Length; turn++)
        {
            var first = wheel[turn % wheel.Length];
            // One further each round of the wheel, or a number of queues that divides it would tie a queue to a priority.
            var start = (turn + (wheel.Length > 1 ? turn / wheel.Length : 0)) % queues.Count;
            _orders[turn] =
            [
                .. from priority in Priorities.Where(priority => priority != first).Prepend(first)
                   from step in Enumerable.Range(0, queues.Count)
                   select new Lane(queues[(start + step) % queues.Count], priority),
                .. own is null ? [] : new[] { new Lane(own, JobPriority.Critical) },
            ];
        }
    }

    public IReadOnlyList<Lane> Next() => _orders[_turn = (_turn + 1) % _orders.Length];
}
