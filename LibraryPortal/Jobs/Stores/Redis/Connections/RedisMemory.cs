using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>Says once that Redis has no memory for anything new, and once that it has again. Not an outage: what is there is run and ended meanwhile.</summary>
internal sealed class RedisMemory(RedisAddress address, ILogger log)
{
    // On the brink of its limit Redis takes one job and refuses the next.
    static readonly TimeSpan Brink = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    volatile bool _isFull;
    long _refusedAt;

    /// <summary>Something new was refused.</summary>
    public void Refused(string sentence)
    {
        lock (_gate)
        {
            _refusedAt = TimeProvider.System.GetTimestamp();
            if (_isFull)
                return;
            _isFull = true;
        }

        RedisStoreLog.Full(log, sentence);
    }

    /// <summary>Something new was taken.</summary>
    public void Took()
    {
        // The common case takes no lock.
        if (!_isFull)
            return;
        lock (_gate)
        {
            if (!_isFull || TimeProvider.System.GetElapsedTime(_refusedAt) < Brink)
                return;
            _isFull = false;
        }

        RedisStoreLog.HasRoom(log, address.Text);
    }
}
