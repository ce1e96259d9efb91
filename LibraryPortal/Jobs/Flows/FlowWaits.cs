using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Flows;

/// <summary>Waits for flows to end: looks when some job has ended, a moment apart, and now and then in any case, because events are only hints.</summary>
internal sealed class FlowWaits(IJobStore store, TimeProvider clock)
{
    static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(25);
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <exception cref="TimeoutException">The flow was not final in time.</exception>
    public async Task<FlowRecord> WaitAsync(FlowId id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "Expected zero, a positive time, or Timeout.InfiniteTimeSpan.");
        var started = clock.GetTimestamp();
        using var ended = new SemaphoreSlim(0, 1);
        using var events = store.Subscribe(batch =>
        {
            if (batch.Any(static change => change.State.IsFinal()))
                Raise(ended);
        });
        while (true)
        {
            var flow = await TryFindAsync(id, cancellationToken);
            if (flow is { IsFinal: true })
                return flow;
            var left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                throw new TimeoutException($"Flow {id} was not finished within {timeout}: {Describe(flow)}.");
            await RestAsync(ended, left < LongestRest ? left : LongestRest, cancellationToken);
        }
    }

    async Task RestAsync(SemaphoreSlim ended, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var rest = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(rest.Token, cancellationToken);
        try
        {
            await ended.WaitAsync(either.Token);
            await Task.Delay(longest < Spacing ? longest : Spacing, clock, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing was heard; look anyway.
        }
    }

    async Task<FlowRecord?> TryFindAsync(FlowId id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindFlowAsync(id, cancellationToken);
        }
        catch (JobStoreUnavailableException)
        {
            return null;
        }
    }

    string Describe(FlowRecord? flow) => flow is not null
        ? $"it is {flow.State}, and {flow.Finished} of its {flow.Total} jobs have ended"
        : store.Outage ?? "the store does not know it, or no longer";

    static void Raise(SemaphoreSlim ended)
    {
        try
        {
            if (ended.CurrentCount == 0)
                ended.Release();
        }
        catch (Exception late) when (late is SemaphoreFullException or ObjectDisposedException)
        {
            // Raised already, or nobody waits any more.
        }
    }
}
