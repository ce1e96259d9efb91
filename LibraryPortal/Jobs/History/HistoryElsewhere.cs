namespace LibraryPortal.Jobs.History;

/// <summary>A history that other processes fill and this one cannot reach: what it enqueues is kept there all the same; what it looks for there, it does not find.</summary>
/// <param name="reason">The sentence for whoever wants to search it here.</param>
internal sealed class HistoryElsewhere(string reason) : IJobHistory
{
    public Task<int> AddAsync(IReadOnlyList<JobRecord> ended, CancellationToken cancellationToken) => Task.FromException<int>(OutOfReach());

    public Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken) => Task.FromResult<JobRecord?>(null);

    public Task<HistoryPage> SearchAsync(HistoryQuery query, CancellationToken cancellationToken) => Task.FromException<HistoryPage>(OutOfReach());

    public Task<int> TrimAsync(DateTimeOffset before, long keep, int limit, CancellationToken cancellationToken) => Task.FromException<int>(OutOfReach());

    JobStoreUnavailableException OutOfReach() => new(reason);
}
