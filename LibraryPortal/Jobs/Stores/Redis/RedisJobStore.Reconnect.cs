namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Fresh connections, for when the old ones seem well and are not.</summary>
internal sealed partial class RedisJobStore : IReconnectingStore
{
    public async Task ReconnectAsync()
    {
        try
        {
            await _links.Hot.TryReplaceAsync();
            await _links.Messages.TryReplaceAsync();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // No new connection is to be had now; the watch sees to it that one is made.
            _watch.Report($"Redis could not be reached again: {error.Message}");
        }
    }
}
