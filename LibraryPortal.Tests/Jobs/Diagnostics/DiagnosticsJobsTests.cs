using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Client;
using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Diagnostics;

/// <summary>Jobs that try the machine out, which are there only when asked for.</summary>
public sealed class DiagnosticsJobsTests
{
    [Fact]
    public void NotAskedFor_TheirNamesAreUnknown()
    {
        var services = new ServiceCollection().AddJobs(typeof(Program).Assembly);
        var registry = (JobRegistry)services.Single(service => service.ServiceType == typeof(JobRegistry)).ImplementationInstance!;
        Assert.DoesNotContain(registry.Names, name => name.StartsWith("diagnostics.", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => new NamedArgs(registry).Read("diagnostics.crash", JsonElement.Parse("{}")));

        services.AddDiagnosticsJobs();

        Assert.Equal(["crash", "fail", "noop", "sleep"], registry.Names.Where(name => name.StartsWith("diagnostics.", StringComparison.Ordinal)).Select(name => name[12..]));
    }

    [Fact]
    public async Task Fail_FailsAsAsked()
    {
        var args = (Fail)Read("diagnostics.fail", """{"message":"because","forGood":true}""");
        Assert.Equal("because", (await Assert.ThrowsAsync<JobFailedException>(() => new FailJob().RunAsync(args, new InlineJob()))).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new FailJob().RunAsync((Fail)Read("diagnostics.fail", "{}"), new InlineJob()));
    }

    [Fact]
    public async Task Sleep_TakesItsTime_AndRefusesNonsense()
    {
        var clock = new ManualClock();
        var run = new SleepJob(clock).RunAsync(new Sleep(0.5), new InlineJob());
        Assert.False(run.IsCompleted);
        await Eventually.HoldsAsync("it has slept", () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            return run.IsCompleted;
        });

        await Assert.ThrowsAsync<JobFailedException>(() => new SleepJob(clock).RunAsync(new Sleep(-1), new InlineJob()));
        await Assert.ThrowsAsync<JobFailedException>(() => new SleepJob(clock).RunAsync(new Sleep(double.NaN), new InlineJob()));
    }

    static IJobArgs Read(string name, string args)
    {
        var services = new ServiceCollection().AddJobs().AddDiagnosticsJobs();
        return new NamedArgs((JobRegistry)services.Single(service => service.ServiceType == typeof(JobRegistry)).ImplementationInstance!).Read(name, JsonElement.Parse(args));
    }
}
