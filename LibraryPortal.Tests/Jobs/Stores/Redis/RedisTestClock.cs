using System.Globalization;
using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

/// <summary>The time of Redis stores that moves when the test says so, however long the machine stands still: also what scripts have Redis let go by
/// itself goes by it.</summary>
internal sealed class RedisTestClock(RedisServer server, string prefix)
{
    readonly ManualClock _clock = new();

    // Lets go what is over, as Redis would.
    const string Move = """
        redis.call('SET', KEYS[1], ARGV[1])
        for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])) do redis.call('DEL', key) end
        return redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
        """;

    // Milliseconds from a key, and a number that tells scripts of the same millisecond apart; those that only read need none.
    readonly string _script = $$"""
        local server = redis
        local now = tonumber(server.call('GET', '{{{prefix}}}:test-now'))
        local turn = server.pcall('INCR', '{{{prefix}}}:test-turn')
        local micros = string.format('%.0f%03d', now, type(turn) == 'number' and turn % 1000 or 0)
        local redis = setmetatable({ call = function(command, ...)
          local key, time = ...
          if command == 'PEXPIRE' then return server.call('ZADD', '{{{prefix}}}:test-expiring', now + time, key) end
          if command == 'PERSIST' then return server.call('ZREM', '{{{prefix}}}:test-expiring', key) end
          return server.call(command, ...)
        end }, { __index = server })
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
        RedisStores.PatientAddress(server), RedisStores.Patient with { Prefix = prefix, Clock = _script }, _clock, NullLogger<RedisJobStore>.Instance);

    public async Task AdvanceAsync(TimeSpan time) => await SetAsync(Now + time);

    public async Task SetAsync(DateTimeOffset now)
    {
        _clock.Advance(now - Now);
        var milliseconds = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        Assert.StartsWith(":", await server.CommandAsync("EVAL", Move, "2", $"{{{prefix}}}:test-now", $"{{{prefix}}}:test-expiring", milliseconds), StringComparison.Ordinal);
    }
}
