
namespace LibraryPortal.Circulation.Requests;

/// <summary>Gives the free copies of a title to those who wait: to be called after copies were added.</summary>
internal sealed class ServeTitle(ChangeLibrary library)
{
    /// <returns>How many requests became ready.</returns>
    public async Task<int> RunAsync(int titleId, CancellationToken cancellationToken = default) =>
        (await library.RunAsync<int>(null, async change => (await ServeQueue.RunAsync(change, titleId, cancellationToken)).Count, cancellationToken)).Value;
}
