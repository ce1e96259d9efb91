namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>The store's connections, apart so that none waits behind another's traffic.</summary>
internal sealed class RedisLinks(RedisAddress address) : IAsyncDisposable
{
    /// <summary>Enqueue, claim, finish, progress.</summary>
    public RedisLink Hot { get; } = new("jobs", address);

    /// <summary>Reaps and commands to jobs and workers; beats go over <see cref="RedisHeartLine"/>.</summary>
    public RedisLink Control { get; } = new("control", address);

    /// <summary>Events and wake-ups.</summary>
    public RedisLink Messages { get; } = new("messages", address);

    /// <summary>What people look at.</summary>
    public RedisLink Console { get; } = new("console", address);

    public IEnumerable<RedisLink> All => [Control, Hot, Messages, Console];

    public async ValueTask DisposeAsync()
    {
        foreach (var link in All)
            await link.DisposeAsync();
    }
}
