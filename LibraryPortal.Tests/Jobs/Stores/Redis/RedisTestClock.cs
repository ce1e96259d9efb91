using System.Globalization;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>The time of Redis stores that moves when the test says so, however long the machine stands still. What Redis itself lets expire follows its own clock all the same.</summary>
internal sealed class RedisTestClock(RedisServer server, string prefix)
{
    readonly ManualClock _clock = new();

    // Milliseconds from a key, and a number that tells scripts of the same millisecond apart; those that only read need none.
    readonly string _script = $$"""
        local now = tonumber(redis.call('GET', '{{{prefix}}}:test-now'))
        local turn = redis.pcall('INCR', '{{{prefix}}}:test-turn')
        local micros = string.format('%.0f%03d', now, type(turn) == 'number' and turn % 1000 or 0)
        """;

    /// <summary>An hour ahead of Redis: what that dates by itself, entries of streams, is never later.</summary>
    public static async Task<RedisTestClock> StartAsync(RedisServer server, string prefix)
    {
        var clock = new RedisTestClock(server, prefix);
        await clock.SetAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        return clock;
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>A store in that time. Set it first.</summary>
    public RedisJobStore Open() => new(
        RedisAddress.Parse(server.Address), new RedisStoreOptions { Prefix = prefix, Clock = _script }, _clock, NullLogger<RedisJobStore>.Instance);

    public async Task AdvanceAsync(TimeSpan time) => await SetAsync(Now + time);

    public async Task SetAsync(DateTimeOffset now)
    {
        _clock.Advance(now - Now);
        await server.CommandAsync("SET", $"{{{prefix}}}:test-now", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }
}
