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
        var options = Read(new() { ["Jobs:Slots"] = "7", ["Jobs:Queues:0"] = "reports", ["Jobs:ReapAfter"] = "00:00:09" });

        Assert.Equal((7, TimeSpan.FromSeconds(9)), (options.Slots, options.ReapAfter));
        Assert.Equal(["reports"], options.Queues);
    }

    [Theory]
    [InlineData("Jobs:Slots", "0", "Slots")]
    [InlineData("Jobs:Heartbeat", "00:00:04", "Jobs:Lease is 00:00:06")]
    [InlineData("Jobs:Lease", "00:00:08", "Jobs:ReapAfter is 00:00:08")]
    [InlineData("Jobs:Queues:0", "No Queue", "'No Queue'")]
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
