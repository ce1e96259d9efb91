using System.Collections.Concurrent;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Client;

/// <summary>Lets concurrent callers share round trips. The first caller to arrive carries the others' jobs for as long as there are any; nobody waits for a batch to fill.</summary>
internal sealed class EnqueueBatcher(IJobStore store)
{
    readonly ConcurrentQueue<Pending> _pending = new();
    int _carrying;

    /// <summary>Accepts one job. A caller that gives up waiting does not take it back: it may still be accepted.</summary>
    public Task<EnqueueReceipt> EnqueueAsync(JobEnvelope job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new Pending(job);
        _pending.Enqueue(pending);
        if (Interlocked.CompareExchange(ref _carrying, 1, 0) == 0)
            _ = CarryAsync();
        return cancellationToken.CanBeCanceled ? pending.Task.WaitAsync(cancellationToken) : pending.Task;
    }

    async Task CarryAsync()
    {
        List<Pending> batch = [];
        do
        {
            while (TakeBatch(batch))
                await SendAsync(batch);
            Volatile.Write(ref _carrying, 0);
        }
        // A caller may have come between the last look and the flag: it saw the flag up and left its job to us.
        while (!_pending.IsEmpty && Interlocked.CompareExchange(ref _carrying, 1, 0) == 0);
    }

    bool TakeBatch(List<Pending> batch)
    {
        batch.Clear();
        var bytes = 0;
        // Only the carrier takes, so what it sees first is what it gets.
        while (batch.Count < BatchLimits.Jobs && _pending.TryPeek(out var next))
        {
            bytes += BatchLimits.Weigh(next.Job);
            if (batch.Count > 0 && bytes > BatchLimits.Bytes)
                break;
            _pending.TryDequeue(out _);
            batch.Add(next);
        }

        return batch.Count > 0;
    }

    async Task SendAsync(List<Pending> batch)
    {
        try
        {
            var jobs = batch.ConvertAll(static pending => pending.Job);
            var receipts = await store.EnqueueAsync(jobs, CancellationToken.None);
            JobMetrics.Enqueued(jobs, receipts);
            for (var i = 0; i < batch.Count; i++)
                batch[i].SetResult(receipts[i]);
        }
        catch (ArgumentException) when (batch.Count > 1)
        {
            // Refused as a whole for one of them: which, is found by halves, and only its caller is told.
            var half = batch.Count / 2;
            await SendAsync(batch[..half]);
            await SendAsync(batch[half..]);
        }
        catch (Exception error)
        {
            // Every caller gets the store's answer; nothing is left to observe it here.
            foreach (var pending in batch)
                pending.TrySetException(error);
        }
    }

    sealed class Pending(JobEnvelope job) : TaskCompletionSource<EnqueueReceipt>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public JobEnvelope Job { get; } = job;
    }
}
