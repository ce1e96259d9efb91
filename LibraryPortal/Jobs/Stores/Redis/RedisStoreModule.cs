using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LibraryPortal.Jobs.Stores.Redis;

/// <summary>Registers the Redis store.</summary>
public static class RedisStoreModule
{
    /// <summary>Keeps jobs in Redis, shared by every process that uses the same server and prefix.</summary>
    /// <param name="connectionString">As StackExchange.Redis understands it.</param>
    /// <param name="prefix">Begins every key; letters, digits, dots, hyphens and underscores.</param>
    /// <exception cref="ArgumentException">The connection string or the prefix cannot be used; <see cref="FindFault"/> says why.</exception>
    public static IServiceCollection AddRedisJobStore(this IServiceCollection services, string connectionString, string prefix = "lp")
    {
        if (FindFault(connectionString, prefix) is { } fault)
            throw new ArgumentException(fault, nameof(connectionString));
        return services.AddRedisJobStore(connectionString, new RedisStoreOptions { Prefix = prefix });
    }

    /// <inheritdoc cref="AddRedisJobStore(IServiceCollection, string, string)"/>
    internal static IServiceCollection AddRedisJobStore(this IServiceCollection services, string connectionString, RedisStoreOptions options)
    {
        var address = RedisAddress.Parse(connectionString);
        return services.AddSingleton<IJobStore>(provider => new RedisJobStore(
            address, options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RedisJobStore>>()));
    }

    /// <summary>Why settings cannot be used, in a sentence for the operator; null when they can.</summary>
    public static string? FindFault(string connectionString, string prefix) =>
        !RedisKeys.IsPrefix(prefix) ? $"Jobs:RedisPrefix is '{prefix}'; expected letters, digits, dots, hyphens and underscores, such as 'lp'."
        : RedisAddress.TryParse(connectionString, out _, out var error) ? null
        : error;
}
