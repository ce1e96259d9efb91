using LibraryPortal.Jobs.Diagnostics;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>The one way in which the store talks to Redis: bounded in time, and with every failure of Redis told as such.</summary>
internal sealed class RedisCaller(RedisWatch watch, RedisErrors errors, Func<Task> settled)
{
    /// <exception cref="JobStoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public Task<RedisResult> RunAsync(RedisLink link, RedisScript script, RedisValue[] arguments, TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync(link, script.Name, database => script.RunAsync(database, arguments), patience, cancellationToken);

    /// <param name="name">What the call is known as in metrics.</param>
    /// <inheritdoc cref="RunAsync(RedisLink, RedisScript, RedisValue[], TimeSpan, CancellationToken)"/>
    public async Task<T> RunAsync<T>(RedisLink link, string name, Func<IDatabase, Task<T>> call, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await watch.StartedAsync().WaitAsync(cancellationToken);
        if (watch.Refusal is { } refusal)
            throw new JobStoreUnavailableException(refusal);
        // Whoever subscribed before this call hears of what it does.
        await settled();
        var asked = JobMetrics.StoreAsked();
        try
        {
            // What follows in the caller must not run on the thread that reads the socket.
            var answer = await call(link.Database).WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            JobMetrics.StoreAnswered(name, asked);
            return answer;
        }
        catch (Exception error) when (errors.Describe(error) is { } sentence)
        {
            JobMetrics.StoreFailed(name);
            watch.Report(sentence);
            throw new JobStoreUnavailableException(sentence, error);
        }
    }
}
