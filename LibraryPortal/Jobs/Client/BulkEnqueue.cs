using System.Runtime.ExceptionServices;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Client;

/// <summary>Hands many jobs over in their order: a chunk is written while those before it are under way. Holds a few chunks at a time, however many jobs come.</summary>
internal sealed class BulkEnqueue(IJobStore store)
{
    /// <summary>Chunks under way at once: enough to keep the store busy, little enough not to bury it.</summary>
    const int MostUnderWay = 4;

    /// <summary>Accepts all of them. Each chunk is accepted as a whole or not at all.</summary>
    /// <exception cref="EnqueueInterruptedException">The store failed in between; it says what was accepted.</exception>
    /// <remarks>Whatever is thrown, nothing is under way any more.</remarks>
    public async Task<IReadOnlyList<JobHandle>> SendAsync(IEnumerable<JobEnvelope> jobs, IJobClient client, CancellationToken cancellationToken)
    {
        List<JobHandle> accepted = [];
        List<JobId> unanswered = [];
        Queue<Chunk> underWay = new(MostUnderWay);
        Exception? failure = null;
        try
        {
            foreach (var chunk in Chunks(jobs))
            {
                underWay.Enqueue(new Chunk(chunk, store.EnqueueAsync(chunk, cancellationToken)));
                // The first goes alone: it finds out whether the store is there.
                while (underWay.Count >= (accepted.Count == 0 ? 1 : MostUnderWay) && failure is null)
                    failure = await TakeAsync();
                if (failure is not null)
                    break;
            }
        }
        finally
        {
            // Also when the caller's own jobs threw: nothing may be under way once this returns.
            while (underWay.Count > 0)
            {
                var next = await TakeAsync();
                failure ??= next;
            }
        }

        if (failure is JobStoreUnavailableException outage)
            throw new EnqueueInterruptedException(accepted, unanswered, outage);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return accepted;

        async Task<Exception?> TakeAsync()
        {
            var chunk = underWay.Dequeue();
            try
            {
                var receipts = await chunk.Answer;
                JobMetrics.Enqueued(chunk.Jobs, receipts);
                foreach (var receipt in receipts)
                    accepted.Add(new JobHandle(client, receipt.Id, receipt.IsNew));
                return null;
            }
            catch (Exception error)
            {
                unanswered.AddRange(chunk.Jobs.Select(static job => job.Id));
                return error;
            }
        }
    }

    static IEnumerable<IReadOnlyList<JobEnvelope>> Chunks(IEnumerable<JobEnvelope> jobs)
    {
        List<JobEnvelope> chunk = new(BatchLimits.Jobs);
        var bytes = 0;
        foreach (var job in jobs)
        {
            var weight = BatchLimits.Weigh(job);
            if (chunk.Count > 0 && (chunk.Count == BatchLimits.Jobs || bytes + weight > BatchLimits.Bytes))
            {
                yield return chunk;
                (chunk, bytes) = (new(BatchLimits.Jobs), 0);
            }

            chunk.Add(job);
            bytes += weight;
        }

        if (chunk.Count > 0)
            yield return chunk;
    }

    readonly record struct Chunk(IReadOnlyList<JobEnvelope> Jobs, Task<IReadOnlyList<EnqueueReceipt>> Answer);
}
