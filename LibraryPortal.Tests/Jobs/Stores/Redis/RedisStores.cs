using System.Globalization;
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

    /// <summary>Waits for an answer as long as tests wait, for those that are not about a Redis that is away: a busy machine that stands still is no outage.</summary>
    public static RedisStoreOptions Patient { get; } = new() { CallTimeout = Eventually.Deadline, ControlTimeout = Eventually.Deadline };

    /// <summary>Where a server is, for a library that waits as long: what it has for both kinds of calls.</summary>
    public static RedisAddress PatientAddress(RedisServer server) =>
        RedisAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{server.Address},syncTimeout={Eventually.Deadline.TotalMilliseconds}"));

    /// <summary>A store that is <see cref="Patient"/> and has its connections.</summary>
    public static async Task<RedisJobStore> OpenAsync(RedisServer server, string prefix, RedisStoreOptions? options = null, ILogger<RedisJobStore>? log = null)
    {
        options = (options ?? new RedisStoreOptions()) with { Prefix = prefix, CallTimeout = Patient.CallTimeout, ControlTimeout = Patient.ControlTimeout };
        var store = new RedisJobStore(PatientAddress(server), options, TimeProvider.System, log ?? NullLogger<RedisJobStore>.Instance);
        await ConnectedAsync(store);
        return store;
    }

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
                return store.Outage is null;
            }
            catch (JobStoreUnavailableException)
            {
                return false;
            }
        });
        return store;
    }
}
