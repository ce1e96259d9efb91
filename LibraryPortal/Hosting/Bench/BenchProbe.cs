using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace LibraryPortal.Hosting.Bench;

/// <summary>What this process and, where there is one, Redis have used so far.</summary>
/// <param name="EngineCpu">Of this process.</param>
/// <param name="RedisCpu">Of the server's process.</param>
/// <param name="Scripts">The part of it that went into scripts.</param>
/// <param name="Commands">Commands clients have sent, those inside scripts left out.</param>
/// <param name="RedisMemory">In bytes.</param>
/// <param name="EngineMemory">Managed memory after a collection, in bytes.</param>
internal readonly record struct BenchReading(
    long At, TimeSpan EngineCpu, TimeSpan RedisCpu, TimeSpan Scripts, long Commands, long RedisMemory, long EngineMemory);

/// <summary>Takes readings of this process and of Redis.</summary>
internal sealed class BenchProbe(ConnectionMultiplexer? redis) : IDisposable
{
    static readonly string[] FromClients = ["evalsha", "eval", "ping", "publish", "get", "set", "subscribe", "unsubscribe", "echo"];

    /// <param name="withMemory">Collects garbage first, which takes a moment.</param>
    public async Task<BenchReading> ReadAsync(bool withMemory = false)
    {
        var memory = withMemory ? GC.GetTotalMemory(forceFullCollection: true) : 0;
        Dictionary<string, string> info = [];
        foreach (var section in redis is null ? [] : new[] { "cpu", "memory", "commandstats" })
        {
            foreach (var line in ((string)(await redis!.GetDatabase().ExecuteAsync("INFO", section))!).Split("\r\n").Where(line => line.Contains(':', StringComparison.Ordinal)))
                info[line.Split(':')[0]] = line.Split(':', 2)[1];
        }

        double Number(string name) => double.Parse(info.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture);
        double Stat(string command, string field) => info.TryGetValue($"cmdstat_{command}", out var stats)
            ? double.Parse(stats.Split($"{field}=")[1].Split(',')[0], CultureInfo.InvariantCulture)
            : 0;

        return new BenchReading(
            TimeProvider.System.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, TimeSpan.FromSeconds(Number("used_cpu_user") + Number("used_cpu_sys")),
            TimeSpan.FromMicroseconds(Stat("evalsha", "usec") + Stat("eval", "usec")), (long)FromClients.Sum(command => Stat(command, "calls")), (long)Number("used_memory"), memory);
    }

    public void Dispose() => redis?.Dispose();
}
