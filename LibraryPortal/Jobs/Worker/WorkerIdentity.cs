using System.Security.Cryptography;

namespace LibraryPortal.Jobs.Worker;

/// <summary>Who this worker is to the store, and whether it may claim. A worker that was taken for dead comes back as another.</summary>
internal sealed class WorkerIdentity
{
    volatile string _id = NewId();
    volatile bool _mayClaim;
    long _leaseEnds;

    public string Id => _id;

    /// <summary>True while the store knows the worker and its lease is good.</summary>
    public bool MayClaim
    {
        get => _mayClaim;
        set => _mayClaim = value;
    }

    /// <summary>Until when its lease holds, by the clock's timestamp; 0 before the first beat.</summary>
    public long LeaseEnds
    {
        get => Volatile.Read(ref _leaseEnds);
        set => Volatile.Write(ref _leaseEnds, value);
    }

    /// <summary>Becomes another worker run, unknown to the store until its first beat.</summary>
    public void Renew()
    {
        _mayClaim = false;
        // With a full fence: whoever looks for the runs of the old id next misses none of those that still saw it.
        Interlocked.Exchange(ref _id, NewId());
    }

    // The nonce keeps a restarted container, which has the same host and process id, from being taken for its predecessor.
    static string NewId() => $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
