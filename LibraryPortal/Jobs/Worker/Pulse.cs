namespace LibraryPortal.Jobs.Worker;

/// <summary>Wakes one waiting loop. Pulses that come while nobody waits count as one.</summary>
internal sealed class Pulse(TimeProvider clock)
{
    readonly Lock _gate = new();
    TaskCompletionSource? _waiter;
    volatile bool _set;

    /// <summary>Cheap when it is set already, so it may be called once per job.</summary>
    public void Set()
    {
        if (_set)
            return;
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _set = true;
            waiter = _waiter;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Returns at the next pulse, after the time given, or when asked to stop, whichever comes first. Stopping is not an error.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken stop)
    {
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return;
            }

            waiter = _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var timer = clock.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter, longest, Timeout.InfiniteTimeSpan);
        await using var stopping = stop.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter);
        await waiter.Task;
        lock (_gate)
        {
            _waiter = null;
            _set = false;
        }
    }
}
