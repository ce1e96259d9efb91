using System.Collections.Concurrent;
using LibraryPortal.Jobs.Events;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Client;

/// <summary>Waits for jobs to end: told by events, and reading again now and then because events are only hints. Listens only while somebody waits.</summary>
internal sealed class JobWaits(IJobStore store, JobLookup lookup, TimeProvider clock)
{
    static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LaterLook = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<JobId, Signal> _signals = new();
    readonly Lock _gate = new();
    int _waiting;
    IDisposable? _events;
    IDisposable? _gaps;

    /// <exception cref="TimeoutException">The job was not final in time.</exception>
    public async Task<JobRecord> WaitAsync(JobId id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "Expected zero, a positive time, or Timeout.InfiniteTimeSpan.");
        var started = clock.GetTimestamp();
        var look = FirstLook;
        var signal = Enter(id);
        try
        {
            while (true)
            {
                var changed = signal.Next;
                var record = await TryFindAsync(id, cancellationToken);
                if (record is { IsFinal: true })
                    return record;

                var left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - clock.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                    throw new TimeoutException($"Job {id} was not finished within {timeout}: {Describe(record)}.");
                await WaitForChangeAsync(changed, left < look ? left : look, cancellationToken);
                look = LaterLook;
            }
        }
        finally
        {
            Leave(id, signal);
        }
    }

    async Task<JobRecord?> TryFindAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await lookup.FindAsync(id, cancellationToken);
        }
        catch (JobStoreUnavailableException)
        {
            return null;
        }
    }

    async Task WaitForChangeAsync(Task changed, TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(longest, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing was heard; look anyway.
        }
    }

    string Describe(JobRecord? record) => record is not null ? $"it is {record.State}" : store.Outage ?? "the store does not know it, or no longer";

    Signal Enter(JobId id)
    {
        lock (_gate)
        {
            if (_waiting++ == 0)
            {
                _events = store.Subscribe(OnEvents);
                _gaps = store.SubscribeToGaps(OnGap);
            }

            var signal = _signals.GetOrAdd(id, static _ => new Signal());
            signal.Waiting++;
            return signal;
        }
    }

    void Leave(JobId id, Signal signal)
    {
        lock (_gate)
        {
            if (--signal.Waiting == 0)
                _signals.TryRemove(id, out _);
            if (--_waiting > 0)
                return;
            _events?.Dispose();
            _gaps?.Dispose();
        }
    }

    void OnEvents(IReadOnlyList<JobEvent> events)
    {
        foreach (var happened in events)
        {
            if (_signals.TryGetValue(happened.Id, out var signal))
                signal.Raise();
        }
    }

    void OnGap()
    {
        foreach (var signal in _signals.Values)
            signal.Raise();
    }

    /// <summary>Something that happens again and again; each waiter takes the next occurrence before it looks.</summary>
    sealed class Signal
    {
        TaskCompletionSource _next = NewSource();

        /// <summary>Guarded by the gate of its owner.</summary>
        public int Waiting { get; set; }

        public Task Next => Volatile.Read(ref _next).Task;

        public void Raise() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

        static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
