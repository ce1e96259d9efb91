namespace LibraryPortal.Jobs.Stores;

/// <summary>The history is fed by the store of the jobs. A class of its own, so that whoever owns services does not dispose the store twice.</summary>
internal sealed class HistoryFeedBesideJobs(IJobStore jobs) : IHistoryFeed
{
    readonly IHistoryFeed _feed = jobs as IHistoryFeed
        ?? throw new InvalidOperationException($"The job store {jobs.GetType().Name} feeds no history.");

    public Task<EndedBatch?> ReadEndedAsync(string reader, int count, CancellationToken cancellationToken) =>
        _feed.ReadEndedAsync(reader, count, cancellationToken);

    public Task AcknowledgeEndedAsync(IReadOnlyList<string> receipts, TimeSpan keepFor, CancellationToken cancellationToken) =>
        _feed.AcknowledgeEndedAsync(receipts, keepFor, cancellationToken);
}
