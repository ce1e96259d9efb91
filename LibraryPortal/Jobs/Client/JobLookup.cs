using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Client;

/// <summary>Finds one job wherever it is, to look at or to cancel: in the store, or in the history once the store has dropped it.</summary>
/// <param name="history">Null where there is none.</param>
internal sealed class JobLookup(IJobStore store, IJobHistory? history = null)
{
    /// <returns>Null for a job that neither knows.</returns>
    /// <exception cref="JobStoreUnavailableException">The store cannot be reached.</exception>
    public async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = await store.FindAsync(id, cancellationToken);
        return record ?? await FindInHistoryAsync(id, cancellationToken);
    }

    /// <returns>Null for a job that the history does not know, or where there is none.</returns>
    public async Task<JobRecord?> FindInHistoryAsync(JobId id, CancellationToken cancellationToken) =>
        history is null ? null : await history.FindAsync(id, cancellationToken);

    /// <summary>Cancels a job that has not ended; one that only the history knows has.</summary>
    /// <exception cref="JobStoreUnavailableException">The store cannot be reached.</exception>
    public async Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var reply = await store.CancelAsync(id, cancellationToken);
        return reply == CancelReply.Unknown && await FindInHistoryAsync(id, cancellationToken) is not null ? CancelReply.AlreadyFinal : reply;
    }
}
