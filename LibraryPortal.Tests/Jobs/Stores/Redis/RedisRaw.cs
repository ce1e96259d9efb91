using LibraryPortal.Jobs;
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
    public static async Task HalfMakeAsync(RedisServer server, string prefix, FlowPlan plan, string attempt = "another")
    {
        var scripts = new RedisScripts(new RedisKeys(prefix), new RedisStoreOptions());
        foreach (var arguments in FlowCalls.PlanArguments(plan, attempt))
            await RunAsync(server, scripts.FlowPlan, arguments);
        foreach (var arguments in FlowCalls.StageArguments(plan, attempt))
            await RunAsync(server, scripts.FlowStage, arguments);
    }

    /// <summary>Breaks the second line of a job's record, and the third.</summary>
    public static async Task DamageAsync(RedisServer server, string prefix, JobId id, bool outcomeToo)
    {
        const string Damage = """
            local header, _, rest = string.match(redis.call('GET', KEYS[1]), '^([^\n]*)\n([^\n]*)(.*)$')
            return redis.call('SET', KEYS[1], header .. '\n{"i":7,' .. (ARGV[1] == 'True' and string.gsub(rest, '{', '[', 1) or rest))
            """;
        Assert.StartsWith("+OK", await server.CommandAsync("EVAL", Damage, "1", $"{{{prefix}}}:job:{id}", $"{outcomeToo}"));
    }

    /// <summary>Changes the second line of a job's record: the form in which it is stored.</summary>
    public static async Task RewriteAsync(RedisServer server, string prefix, JobId id, Func<string, string> rewrite)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        var key = $"{{{prefix}}}:job:{id}";
        var lines = ((string)(await connection.GetDatabase().StringGetAsync(key))!).Split('\n');
        lines[1] = rewrite(lines[1]);
        await connection.GetDatabase().StringSetAsync(key, string.Join('\n', lines));
    }

    /// <summary>The keys, without their prefix, that Redis does not let go by itself, save those of the test's clock.</summary>
    public static async Task<IReadOnlyList<string>> LeftForGoodAsync(RedisServer server, string prefix)
    {
        List<string> left = [];
        foreach (var key in await server.KeysAsync($"{{{prefix}}}:*"))
        {
            if (!key.Contains(":test-", StringComparison.Ordinal) && (await server.CommandAsync("PTTL", key)).Trim() == ":-1")
                left.Add(key[$"{{{prefix}}}:".Length..]);
        }

        return left;
    }

    public static async Task<RedisResult> RunAsync(RedisServer server, RedisScript script, RedisValue[] arguments)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(server.Address);
        return await script.RunAsync(connection.GetDatabase(), arguments);
    }
}
