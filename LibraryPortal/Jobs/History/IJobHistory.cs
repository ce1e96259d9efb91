namespace LibraryPortal.Jobs.History;

/// <summary>Where ended jobs go to be searched for years, kept by the program the engine runs in. The engine fills and trims it, and reads single jobs;
/// what it throws is taken for an outage: nothing is lost, and it is asked again. Only an outcome it has no place for may be left out.</summary>
public interface IJobHistory
{
    /// <summary>Adds outcomes, all or none. One that is there already, the same job ended at the same moment, is passed over: a batch may come twice.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="ArgumentException">One of them is none that can be kept: it would be refused again. So do
    /// <see cref="FormatException"/>, <see cref="NotSupportedException"/> and <see cref="System.Text.Json.JsonException"/> say.</exception>
    Task<int> AddAsync(IReadOnlyList<JobRecord> ended, CancellationToken cancellationToken);

    /// <summary>The latest outcome of a job; null when there is none.</summary>
    Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>One page of what was asked for, the latest first.</summary>
    Task<HistoryPage> SearchAsync(HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes outcomes that ended before a moment, and the oldest beyond a number; at most <paramref name="limit"/> of each a call, so that nobody waits for it.</summary>
    /// <returns>How many were deleted; 0 when there is nothing left to do.</returns>
    Task<int> TrimAsync(DateTimeOffset before, long keepAtMost, int limit, CancellationToken cancellationToken);
}
