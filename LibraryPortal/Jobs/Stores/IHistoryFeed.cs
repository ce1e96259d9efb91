namespace LibraryPortal.Jobs.Stores;

/// <summary>A store's ended jobs on their way into the history: read, written there, acknowledged. What was read and not acknowledged is read again, so
/// nothing is lost; whoever writes sees to it that nothing doubles.</summary>
/// <remarks>Any call throws <see cref="JobStoreUnavailableException"/> when the store cannot be reached.</remarks>
public interface IHistoryFeed
{
    /// <summary>The ended jobs that are still to go into the history, oldest first. A job that was replayed has a record for each outcome.</summary>
    /// <param name="reader">Who asks. While it goes on asking nobody else gets any, so that no two do the same work.</param>
    /// <param name="count">About as many; a store may give some more, or fewer where they are large together.</param>
    /// <returns>Null while somebody else reads.</returns>
    Task<EndedBatch?> ReadEndedAsync(string reader, int count, CancellationToken cancellationToken);

    /// <summary>These are in the history. Successes leave the store once <paramref name="keepFor"/> is over, or their time-to-live where that is sooner; the
    /// others stay, to be replayed, for their time-to-live. Repeating it is harmless.</summary>
    Task AcknowledgeEndedAsync(IReadOnlyList<string> receipts, TimeSpan keepFor, CancellationToken cancellationToken);
}
