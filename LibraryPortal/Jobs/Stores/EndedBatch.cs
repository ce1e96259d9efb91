namespace LibraryPortal.Jobs.Stores;

/// <summary>Ended jobs on their way into the history.</summary>
/// <param name="Receipts">What to acknowledge once they are there. A batch may have receipts and no jobs: those were gone or told already.</param>
/// <param name="Oldest">When the first of what is still to go there ended; null when nothing is.</param>
public sealed record EndedBatch(IReadOnlyList<JobRecord> Jobs, IReadOnlyList<string> Receipts, DateTimeOffset? Oldest)
{
    /// <summary>Those of which nothing can be told. Their receipts are among the others.</summary>
    public IReadOnlyList<UnreadableEnd> Unreadable { get; init; } = [];

    /// <summary>How long past its time-to-live a store keeps a job that is still to go into the history: the longest that may be out. A week.</summary>
    internal static readonly TimeSpan UntoldFor = TimeSpan.FromDays(7);
}
