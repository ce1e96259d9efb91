using LibraryPortal.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Jobs;

public sealed class JobsOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Equal(20, Read([]).Slots);

    [Fact]
    public void Settings_AreReadFromTheConfiguration()
    {
        var options = Read(new()
        {
            ["Jobs:Slots"] = "7", ["Jobs:Queues:0"] = "reports", ["Jobs:ReapAfter"] = "00:00:09", ["Jobs:Priorities"] = "Strict",
            ["Jobs:Limits:mail.provider:Running"] = "2", ["Jobs:Limits:disk:Starts"] = "10", ["Jobs:Limits:disk:Per"] = "00:01:00",
        });

        Assert.Equal((7, TimeSpan.FromSeconds(9)), (options.Slots, options.ReapAfter));
        Assert.Equal(["reports"], options.Queues);
        Assert.Equal(PriorityOrder.Strict, options.Priorities);
        Assert.Equal(new LimitRule(Running: 2), options.Limits["mail.provider"]);
        Assert.Equal(new LimitRule(Starts: 10, Per: TimeSpan.FromMinutes(1)), options.Limits["disk"]);
    }

    [Theory]
    [InlineData("Jobs:Slots", "0", "Slots")]
    [InlineData("Jobs:Heartbeat", "00:00:04", "Jobs:Lease is 00:00:06")]
    [InlineData("Jobs:Lease", "00:00:08", "Jobs:ReapAfter is 00:00:08")]
    [InlineData("Jobs:Queues:0", "No Queue", "'No Queue'")]
    [InlineData("Jobs:Limits:Not A Name:Running", "1", "'Not A Name'")]
    [InlineData("Jobs:Limits:mail:Running", "-1", "Jobs:Limits:mail allows -1 at once")]
    [InlineData("Jobs:Limits:mail:Per", "00:00:01", "allows everything")]
    [InlineData("Jobs:Limits:mail:Starts", "5", "counts starts per")]
    [InlineData("Jobs:MaxPayloadBytes", "1", "MaxPayloadBytes")]
    public void WrongSetting_IsRefusedByName(string key, string value, string reason)
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Read(new() { [key] = value }));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    static JobsOptions Read(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddJobs();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<JobsOptions>>().Value;
    }
}
