using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Handlers;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Worker;

public sealed class ExecutorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task JobsThatNeverRan_UnknownOnesOrThoseOfAnother_AreNotTakenForShortRuns(bool gone)
    {
        var (store, clock, options, log) = (Substitute.For<IJobStore>(), new ManualClock(), new JobsOptions { Slots = 2 }, NullLogger.Instance);
        var (intake, surprises, flusher) = (new Intake(options.Slots, prefetch: 100, clock), new Surprises(log), new ProgressFlusher(store, clock, log));
        var executor = new Executor(
            new WorkerIdentity { LeaseEnds = long.MaxValue }, intake, new Finisher(store, new RunSet(), clock, new Random(1), surprises, log), new JobRegistry(),
            new FlowResults(store, Options.Create(options), clock), Substitute.For<IServiceScopeFactory>(), options, clock, new Random(1), surprises, log);
        for (var i = 0; i < 50; i++)
        {
            var run = new Run(SampleClaim.New(), "w", flusher, claimedAt: 0);
            if (gone)
                run.Stop(StopReasons.Gone);
            intake.Put(run);
        }

        intake.Close();
        await executor.RunAsync();

        Assert.Equal(0, intake.Held);
        Assert.Equal(options.Slots, intake.Room());
    }
}
