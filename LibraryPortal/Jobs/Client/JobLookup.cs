using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Client;

/// <summary>Finds one job wherever it is: in the store, or in the history once the store has dropped it.</summary>
/// <param name="history">Null where there is none.</param>
internal sealed class JobLookup(IJobStore store, IJobHistory? history = null)
{
    /// <returns>Null for a job that neither knows.</returns>
    /// <exception cref="JobStoreUnavailableException">The store cannot be reached.</exception>
    public async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = await store.FindAsync(id, cancellationToken);
        return record is null && history is not null ? await history.FindAsync(id, cancellationToken) : record;
    }
}
