using LibraryPortal.Jobs.Stores.Redis;
using LibraryPortal.Jobs.Stores.Redis.Connections;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Stores.Redis.Connections;

public sealed class RedisServerCheckTests
{
    readonly LogLines<RedisServerCheck> _log = new();

    [Fact]
    public void OldServer_IsRefused() =>
        Assert.Equal("Redis at localhost:6379 is version 6.2.14: version 7.0 or newer is needed.", Check().Judge("redis_version:6.2.14\r\nrun_id:a\r\n"));

    [Fact]
    public void SafeServer_IsUsedWithoutAWord()
    {
        Assert.Null(Check().Judge("redis_version:7.0.15\r\nrun_id:a\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n"));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void ServerThatMayLoseJobs_IsWarnedOfOncePerStart()
    {
        var check = Check();
        for (var look = 0; look < 3; look++)
            Assert.Null(check.Judge("redis_version:7.2.0\r\nrun_id:a\r\nmaxmemory_policy:allkeys-lru\r\naof_enabled:0\r\n"));

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("maxmemory-policy allkeys-lru", _log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("append-only", _log.Lines[1], StringComparison.Ordinal);
        check.Judge("redis_version:7.2.0\r\nrun_id:b\r\nmaxmemory_policy:allkeys-lru\r\naof_enabled:1\r\n");
        Assert.Equal(3, _log.Lines.Count);
    }

    RedisServerCheck Check()
    {
        var address = RedisAddress.Parse("localhost");
        return new RedisServerCheck(address, new RedisErrors(address), _log);
    }
}
