using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Jobs that ended without success: replayed with other arguments, in numbers, or discarded. One transition per call.</summary>
public interface IDeadJobStore
{
    /// <summary>Replays a job as it is in the envelope given.</summary>
    /// <param name="endedAt">When it ended, as the caller has seen it: a job that was replayed since is left alone.</param>
    Task<RetryReply> RetryEditedAsync(JobEnvelope edited, DateTimeOffset endedAt, CancellationToken cancellationToken);

    /// <summary>Forgets a job that ended without success.</summary>
    Task<DiscardReply> DiscardAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Walks over some dead jobs of a state, oldest first, and counts, replays or discards those that match.</summary>
    Task<DeadSweepReply> SweepDeadAsync(DeadSweep sweep, CancellationToken cancellationToken);
}
