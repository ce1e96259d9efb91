namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Ended jobs on their way into the history.</summary>
internal sealed partial class SqliteJobStore : IHistoryFeed
{
    // One process: nobody else reads.
    public async Task<EndedBatch?> ReadEndedAsync(string reader, int count, CancellationToken cancellationToken) =>
        await ReadAsync(() => TellHistory.Read(_reader, count), cancellationToken);

    public Task AcknowledgeEndedAsync(IReadOnlyList<string> receipts, TimeSpan keepFor, CancellationToken cancellationToken) =>
        WriteAsync(session => TellHistory.Acknowledge(session, receipts, keepFor), cancellationToken);
}
