using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>The one way in which the store talks to Redis: bounded in time, and with every failure of Redis told as such.</summary>
internal sealed class RedisCaller(RedisWatch watch, RedisErrors errors, Func<Task> settled)
{
    /// <exception cref="JobStoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public Task<RedisResult> RunAsync(RedisLink link, RedisScript script, RedisValue[] arguments, TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync(link, database => script.RunAsync(database, arguments), patience, cancellationToken);

    /// <inheritdoc cref="RunAsync(RedisLink, RedisScript, RedisValue[], TimeSpan, CancellationToken)"/>
    public async Task<T> RunAsync<T>(RedisLink link, Func<IDatabase, Task<T>> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await watch.StartedAsync().WaitAsync(cancellationToken);
        if (watch.Refusal is { } refusal)
            throw new JobStoreUnavailableException(refusal);
        // Whoever subscribed before this call hears of what it does.
        await settled();
        try
        {
            // What follows in the caller must not run on the thread that reads the socket.
            return await call(link.Database).WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        catch (Exception error) when (errors.Describe(error) is { } sentence)
        {
            watch.Report(sentence);
            throw new JobStoreUnavailableException(sentence, error);
        }
    }
}
