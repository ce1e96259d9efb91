using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Inspection;

/// <inheritdoc cref="IJobInspector"/>
internal sealed class JobInspector(IJobStore store) : IJobInspector
{
    const int MaxPage = 200;

    public Task<JobCounts> CountAsync(CancellationToken cancellationToken = default) => store.CountAsync(cancellationToken);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!Enum.IsDefined(query.State))
            throw new ArgumentException($"{query.State} is not a state; expected one of {string.Join(", ", Enum.GetNames<JobState>())}.", nameof(query));
        if (query.Offset < 0)
            throw new ArgumentException($"The offset is {query.Offset}; expected 0 or more.", nameof(query));
        if (query.Count is < 1 or > MaxPage)
            throw new ArgumentException($"The count is {query.Count}; expected 1 to {MaxPage}.", nameof(query));
        return store.ListAsync(query, cancellationToken);
    }

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken = default) => store.FindAsync(id, cancellationToken);

    public Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken = default) => store.CancelAsync(id, cancellationToken);

    public Task<RetryReply> RetryAsync(JobId id, CancellationToken cancellationToken = default) => store.RetryAsync(id, cancellationToken);

    public Task<IReadOnlyList<WorkerRecord>> ListWorkersAsync(CancellationToken cancellationToken = default) => store.ListWorkersAsync(cancellationToken);
}
