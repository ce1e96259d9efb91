using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Jobs.Stores.Redis.Transitions;
using LibraryPortal.Tests.Support;
using StackExchange.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>Scripts run one by one, as by a caller that dies between them.</summary>
internal static class RedisRaw
{
    /// <summary>Puts the jobs of a flow in place, without the call that accepts it.</summary>
    public static async Task HalfMakeAsync(RedisServer server, string prefix, FlowPlan plan)
    {
        var scripts = new RedisScripts(new RedisKeys(prefix), new RedisStoreOptions());
        foreach (var arguments in FlowCalls.PlanArguments(plan))
            await RunAsync(server, scripts.FlowPlan, arguments);
        foreach (var arguments in FlowCalls.StageArguments(plan))
            await RunAsync(server, scripts.FlowStage, arguments);
    }

    public static async Task<RedisResult> RunAsync(RedisServer server, RedisScript script, RedisValue[] arguments)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        return await script.RunAsync(connection.GetDatabase(), arguments);
    }
}
