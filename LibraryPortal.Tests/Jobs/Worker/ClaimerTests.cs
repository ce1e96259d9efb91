using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Worker;

public sealed class ClaimerTests
{
    static readonly TimeSpan Patience = Eventually.Deadline;

    [Fact]
    public async Task RetiredClaimer_HandsBackWhatItsLastClaimBrings_AndEnds()
    {
        var (store, clock, options) = (Substitute.For<IJobStore>(), new ManualClock(), new JobsOptions());
        var reply = new TaskCompletionSource<ClaimReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.ClaimAsync(default!, CancellationToken.None).ReturnsForAnyArgs(reply.Task);
        var (identity, runs, log) = (new WorkerIdentity { MayClaim = true }, new RunSet(), NullLogger.Instance);
        using var heart = new Heart(store, identity, runs, options, [], [], clock, log) { Registered = static () => { }, ClaimPendingSince = static () => 0 };
        List<Run> handedBack = [];
        var claimer = new Claimer(
            store, identity, new Intake(slots: 4, prefetch: 0, clock), runs, new ProgressFlusher(store, clock, log), new RunNotes(store, options.MaxPayloadBytes), new LaneOrder(["default"]), heart, options, clock,
            new Random(1), log) { HandBack = handedBack.AddRange };
        var claiming = claimer.RunAsync(CancellationToken.None);

        claimer.Retire();
        Assert.False(claiming.IsCompleted);
        reply.SetResult(new ClaimReply([SampleClaim.New()], NextDue: null));

        await claiming.WaitAsync(Patience, TimeProvider.System);
        Assert.Single(handedBack);
    }
}
