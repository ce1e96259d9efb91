using LibraryPortal.Jobs.Stores.Redis;

namespace LibraryPortal.Tests.Jobs.Stores.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("localhost", "localhost:6379")]
    [InlineData("redis.example.org:6380,password=secret,ssl=true", "redis.example.org:6380")]
    [InlineData("10.0.0.1:7000,10.0.0.2:7000", "10.0.0.1:7000, 10.0.0.2:7000")]
    public void Parse_OfAGoodString_ShowsHostsOnly(string connectionString, string shown) =>
        Assert.Equal(shown, RedisAddress.Parse(connectionString).Text);

    [Theory]
    [InlineData("localhost:6379,pasword=secret")]
    [InlineData("localhost:6379,ssl=perhaps")]
    [InlineData("redis://user:secret@localhost:6379")]
    [InlineData("password=secret")]
    [InlineData("localhost:notaport")]
    public void FindFault_OfABadString_NamesTheSettingAndShowsNoSecret(string connectionString)
    {
        var fault = RedisStoreModule.FindFault(connectionString, "lp");

        Assert.NotNull(fault);
        Assert.StartsWith("ConnectionStrings:Redis ", fault, StringComparison.Ordinal);
        Assert.Contains("expected HOST:PORT", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("{lp}")]
    public void FindFault_OfABadPrefix_SaysWhatIsExpected(string prefix) =>
        Assert.Contains("Jobs:RedisPrefix", RedisStoreModule.FindFault("localhost", prefix), StringComparison.Ordinal);

    [Fact]
    public void Options_KeepWhatTheOperatorSet()
    {
        var options = RedisAddress.Parse("localhost:6379,password=secret,ssl=true,keepAlive=7,connectTimeout=500").Options("test");

        Assert.Equal(("secret", true, 7, 500, false), (options.Password, options.Ssl, options.KeepAlive, options.ConnectTimeout, options.AbortOnConnectFail));
    }

    [Fact]
    public void Options_TryTheFirstConnectionOnce() =>
        Assert.Equal(1, RedisAddress.Parse("localhost:6379,connectRetry=5").Options("test").ConnectRetry);
}
