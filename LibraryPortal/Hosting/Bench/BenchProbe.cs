using System.Globalization;
using StackExchange.Redis;

namespace LibraryPortal.Hosting.Bench;

/// <summary>What this process and, where there is one, Redis have used so far.</summary>
/// <param name="EngineCpu">Of this process.</param>
/// <param name="RedisCpu">Of the server's process.</param>
/// <param name="Scripts">The part of it that went into scripts.</param>
/// <param name="Commands">Commands clients have sent, those inside scripts left out.</param>
internal readonly record struct BenchReading(long At, TimeSpan EngineCpu, TimeSpan RedisCpu, TimeSpan Scripts, long Commands);

/// <summary>Takes readings of this process and of Redis.</summary>
internal sealed class BenchProbe(ConnectionMultiplexer? redis) : IDisposable
{
    static readonly string[] FromClients = ["evalsha", "eval", "ping", "publish", "get", "set", "subscribe", "unsubscribe", "echo"];

    public async Task<BenchReading> ReadAsync()
    {
        var info = await ReadInfoAsync("cpu", "commandstats");
        double Number(string name) => double.Parse(info.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture);
        double Stat(string command, string field) => info.TryGetValue($"cmdstat_{command}", out var stats)
            ? double.Parse(stats.Split($"{field}=")[1].Split(',')[0], CultureInfo.InvariantCulture)
            : 0;

        return new BenchReading(
            TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime, TimeSpan.FromSeconds(Number("used_cpu_user") + Number("used_cpu_sys")),
            TimeSpan.FromMicroseconds(Stat("evalsha", "usec") + Stat("eval", "usec")), (long)FromClients.Sum(command => Stat(command, "calls")));
    }

    /// <summary>What Redis has allocated, in bytes; 0 where there is none.</summary>
    public async Task<long> ReadRedisMemoryAsync() => long.Parse((await ReadInfoAsync("memory")).GetValueOrDefault("used_memory", "0"), CultureInfo.InvariantCulture);

    /// <summary>Which Redis it is and how it keeps what it is told: what can be said of the rates depends on it.</summary>
    public async Task<string> DescribeRedisAsync()
    {
        var info = await ReadInfoAsync("server", "persistence");
        var version = info.GetValueOrDefault("redis_version", "of an unknown version");
        return info.GetValueOrDefault("aof_enabled") == "1" ? $"Redis {version}, appendonly yes{await ReadFsyncAsync()}" : $"Redis {version}, appendonly no";
    }

    public void Dispose() => redis?.Dispose();

    async Task<string> ReadFsyncAsync()
    {
        try
        {
            return (RedisValue[])(await redis!.GetDatabase().ExecuteAsync("CONFIG", "GET", "appendfsync"))! is [_, var value] ? $" ({value})" : "";
        }
        catch (RedisServerException)
        {
            // Not everybody may ask.
            return "";
        }
    }

    async Task<Dictionary<string, string>> ReadInfoAsync(params string[] sections)
    {
        Dictionary<string, string> info = [];
        foreach (var section in redis is null ? [] : sections)
        {
            foreach (var line in ((string)(await redis!.GetDatabase().ExecuteAsync("INFO", section))!).Split("\r\n").Where(line => line.Contains(':', StringComparison.Ordinal)))
                info[line.Split(':')[0]] = line.Split(':', 2)[1];
        }

        return info;
    }
}
