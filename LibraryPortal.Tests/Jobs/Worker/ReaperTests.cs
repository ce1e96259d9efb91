using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>When a worker gives others up.</summary>
public sealed class ReaperTests
{
    [Fact]
    public void AwakeAfterAStandstill_NobodyIsGivenUp_UntilTheWorkerHasBeatenItself()
    {
        var (store, clock, options) = (Substitute.For<IJobStore>(), new ManualClock(), new JobsOptions());
        var identity = new WorkerIdentity { MayClaim = true, LeaseEnds = clock.GetTimestamp() + options.Lease.Ticks };
        using var heart = new Heart(store, identity, new RunSet(), options, [], [], clock, NullLogger.Instance) { Registered = static () => { }, ClaimPendingSince = static () => 0 };
        Assert.True(heart.MayReap);

        // The whole machine stood still, and the heart has not looked yet.
        clock.Advance(options.ReapAfter);

        Assert.False(heart.MayReap);

        identity.LeaseEnds = clock.GetTimestamp() + options.Lease.Ticks;
        Assert.True(heart.MayReap);
    }
}
