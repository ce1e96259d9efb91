using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace LibraryPortal.Jobs.Stores.Redis.Connections;

/// <summary>Looks whether a server can hold the store: its version, and whether it may lose accepted jobs. Warns once for each server start.</summary>
internal sealed class RedisServerCheck(RedisAddress address, RedisErrors errors, ILogger log)
{
    string? _checkedRun;

    /// <returns>Why the server cannot be used; null when it can.</returns>
    public async Task<string?> RunAsync(IDatabase database)
    {
        try
        {
            return Judge((string?)await database.ExecuteAsync("INFO") ?? "");
        }
        catch (RedisServerException denied) when (denied.Message.StartsWith("NOPERM", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <param name="report">What INFO says.</param>
    /// <inheritdoc cref="RunAsync"/>
    public string? Judge(string report)
    {
        var info = Parse(report);
        var version = info.GetValueOrDefault("redis_version", "");
        if (Version.TryParse(version, out var parsed) && parsed.Major < 7)
            return errors.TooOld(version);

        var run = info.GetValueOrDefault("run_id", "");
        if (run == _checkedRun)
            return null;
        _checkedRun = run;
        if (info.TryGetValue("maxmemory_policy", out var policy) && policy != "noeviction")
            RedisStoreLog.Evicts(log, address.Text, policy);
        if (info.TryGetValue("aof_enabled", out var appends) && appends == "0")
            RedisStoreLog.ForgetsOnCrash(log, address.Text);
        return null;
    }

    static Dictionary<string, string> Parse(string info)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var line in info.Split('\n'))
        {
            if (line.Split(':', 2) is [var name, var value])
                values[name] = value.TrimEnd('\r');
        }

        return values;
    }
}
