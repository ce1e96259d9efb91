using LibraryPortal.Jobs.Diagnostics;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>The one way in which the store talks to Redis: bounded in time, and with every failure of Redis told as such.</summary>
internal sealed class RedisCaller(RedisWatch watch, RedisErrors errors, RedisMemory memory, Func<Task> settled)
{
    static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(1);

    /// <param name="asText">Whether the script goes by its text, which works at once on a server that does not know it.</param>
    /// <exception cref="JobStoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public async Task<RedisResult> RunAsync(
        RedisLink link, RedisScript script, RedisValue[] arguments, TimeSpan patience, CancellationToken cancellationToken, bool asText = false)
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
            var call = asText ? script.SendAsync(link.Database, arguments) : script.RunAsync(link.Database, arguments);
            // What follows in the caller must not run on the thread that reads the socket.
            var answer = await call.WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            JobMetrics.StoreAnswered(script.Name, asked);
            if (script.NeedsRoom)
                memory.Took();
            return answer;
        }
        catch (Exception error) when (errors.Describe(error) is { } sentence)
        {
            throw Tell(script, sentence, error);
        }
    }

    /// <summary>Runs a script over a line of the caller's own, blocking its thread, so that nothing of it waits for the thread pool once the store is in use.</summary>
    /// <returns>As <see cref="RedisWords.Read"/> has it.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public object? Run(RedisLine line, RedisScript script, RedisValue[] arguments)
    {
        watch.StartedAsync().GetAwaiter().GetResult();
        if (watch.Refusal is { } refusal)
            throw new JobStoreUnavailableException(refusal);
        Task.WaitAny([settled()], SettlesWithin);
        var asked = JobMetrics.StoreAsked();
        try
        {
            var answer = line.Run(script, arguments);
            JobMetrics.StoreAnswered(script.Name, asked);
            return answer;
        }
        catch (Exception error) when (errors.Describe(error) is { } sentence)
        {
            throw Tell(script, sentence, error);
        }
    }

    JobStoreUnavailableException Tell(RedisScript script, string sentence, Exception error)
    {
        JobMetrics.StoreFailed(script.Name);
        if (RedisErrors.IsFull(error))
        {
            memory.Refused(sentence);
            return new JobStoreFullException(sentence, error);
        }

        watch.Report(sentence);
        return new JobStoreUnavailableException(sentence, error);
    }
}
