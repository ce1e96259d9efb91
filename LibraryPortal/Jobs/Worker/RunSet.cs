using System.Collections.Concurrent;

namespace LibraryPortal.Jobs.Worker;

/// <summary>The jobs this process holds: waiting for a slot, running, or waiting for their outcome's acknowledgement.</summary>
internal sealed class RunSet
{
    // By id and stamp: a job handed back may be claimed again before its first outcome is acknowledged.
    readonly ConcurrentDictionary<(JobId Id, long Stamp), Run> _runs = new();

    public IEnumerable<Run> All => _runs.Select(pair => pair.Value);

    public void Add(Run run) => _runs[(run.Id, run.Job.Stamp)] = run;

    public void Remove(Run run) => _runs.TryRemove((run.Id, run.Job.Stamp), out _);

    public bool Contains(JobId id, long stamp) => _runs.ContainsKey((id, stamp));

    /// <returns>How many there were.</returns>
    public int StopAll(StopReasons reason)
    {
        var stopped = 0;
        foreach (var run in All)
        {
            run.Stop(reason);
            stopped++;
        }

        return stopped;
    }
}
