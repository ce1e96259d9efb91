using System.Collections.Concurrent;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Which of this process' workers wait for work, and which of them Redis may hold for idle. The next claim that brings jobs says they no longer are.</summary>
internal sealed class IdleWorkers
{
    // Without lanes while a claim is under way, of which nobody knows yet what it finds.
    readonly ConcurrentDictionary<string, IReadOnlyList<Lane>> _workers = new(StringComparer.Ordinal);

    /// <summary>Whether Redis may hold it for idle.</summary>
    public bool MayHold(string worker) => _workers.ContainsKey(worker);

    /// <summary>Its claim is on its way.</summary>
    public void Ask(string worker) => _workers[worker] = [];

    /// <summary>Its claim found nothing in these lanes.</summary>
    public void Add(string worker, IReadOnlyList<Lane> lanes) => _workers[worker] = lanes;

    public void Remove(string worker) => _workers.TryRemove(worker, out _);

    /// <summary>Whether one of them waits for one of these jobs.</summary>
    public bool WaitFor(IReadOnlyList<JobEnvelope> jobs)
    {
        foreach (var (_, lanes) in _workers)
        {
            foreach (var job in jobs)
            {
                if (job.DueAt is null && lanes.Any(lane => lane.Queue == job.Queue))
                    return true;
            }
        }

        return false;
    }
}
