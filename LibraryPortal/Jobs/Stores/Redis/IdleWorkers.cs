using System.Collections.Concurrent;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Which of this process' workers Redis may hold for idle. The next claim that brings jobs says they no longer are.</summary>
internal sealed class IdleWorkers
{
    readonly ConcurrentDictionary<string, byte> _workers = new(StringComparer.Ordinal);

    public bool Contains(string worker) => _workers.ContainsKey(worker);

    public void Add(string worker) => _workers.TryAdd(worker, 0);

    public void Remove(string worker) => _workers.TryRemove(worker, out _);
}
