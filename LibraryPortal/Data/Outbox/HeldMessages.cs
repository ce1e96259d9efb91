using System.Runtime.ExceptionServices;
using LibraryPortal.Jobs;

namespace LibraryPortal.Data.Outbox;

/// <summary>What one turn of the relay could not hand over, and why. What comes later about the same job waits for it.</summary>
internal sealed class HeldMessages
{
    readonly Dictionary<JobId, Exception> _reasons = [];

    /// <summary>Why the store takes no job at all, while it takes cancels; null where it has room.</summary>
    public Exception? Full { get; private set; }

    /// <summary>Whether the store said that it has no room, to one call or to a part of it.</summary>
    public static bool IsFull(Exception error) => error is JobStoreFullException or EnqueueInterruptedException { InnerException: JobStoreFullException };

    public bool Contains(JobId job) => _reasons.ContainsKey(job);

    public void Add(List<OutboxMessage> messages, Exception reason)
    {
        if (IsFull(reason))
            Full = reason;
        foreach (var message in messages)
            _reasons.TryAdd(message.JobId, reason);
    }

    /// <summary>Throws the first reason, where there is one.</summary>
    public void ThrowFirst()
    {
        if (_reasons.Count > 0)
            ExceptionDispatchInfo.Throw(_reasons.Values.First());
    }
}
