using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Opens Redis stores for tests.</summary>
internal static class RedisStores
{
    /// <summary>Writes something that is forgotten again.</summary>
    public static RedisScript Check => new RedisScripts(new RedisKeys("lp"), new RedisStoreOptions()).Check;

    public static RedisJobStore Open(RedisServer server, string prefix, RedisStoreOptions? options = null, ILogger<RedisJobStore>? log = null) =>
        Open(server.Address, prefix, options, log);

    public static RedisJobStore Open(string connectionString, string prefix, RedisStoreOptions? options = null, ILogger<RedisJobStore>? log = null) => new(
        RedisAddress.Parse(connectionString), (options ?? new RedisStoreOptions()) with { Prefix = prefix }, TimeProvider.System, log ?? NullLogger<RedisJobStore>.Instance);

    /// <summary>The store once it has its connections, which on a busy machine may take a try or two.</summary>
    public static async Task<IJobStore> ConnectedAsync(RedisJobStore store)
    {
        await Eventually.HoldsAsync("the store answers", async () =>
        {
            try
            {
                await store.CheckAsync(CancellationToken.None);
                return true;
            }
            catch (JobStoreUnavailableException)
            {
                return false;
            }
        });
        return store;
    }
}
