using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace LibraryPortal.Tests.Jobs.Worker;

/// <summary>How many jobs a worker claims: never more than its slots, but for short ones.</summary>
public sealed class IntakeTests
{
    readonly ManualClock _clock = new();
    readonly ProgressFlusher _flusher;
    readonly Intake _intake;

    public IntakeTests()
    {
        _flusher = new ProgressFlusher(Substitute.For<IJobStore>(), _clock, NullLogger.Instance);
        _intake = new Intake(slots: 4, prefetch: 100, _clock);
    }

    [Fact]
    public void Room_BeforeAnyRun_IsTheFreeSlots()
    {
        Assert.Equal(4, _intake.Room());
        Put(3);
        Assert.Equal(1, _intake.Room());
        Put(1);
        Assert.Equal(0, _intake.Room());
    }

    [Fact]
    public void Room_AfterShortRuns_GoesBeyondTheSlots()
    {
        Play(50, TimeSpan.FromMicroseconds(20));

        Assert.Equal(104, _intake.Room());
        Put(80);
        // More than half of the supply is left: a call is not worth it yet.
        Assert.Equal(0, _intake.Room());
    }

    [Fact]
    public void Room_AfterLongRuns_IsTheFreeSlots()
    {
        Play(50, TimeSpan.FromSeconds(2));

        Assert.Equal(4, _intake.Room());
    }

    [Fact]
    public void TakeBack_ReturnsWhatIsNotBegunAndEndsClaimingAhead()
    {
        Play(50, TimeSpan.FromMicroseconds(20));
        Put(10);
        Assert.True(_intake.Waiting.TryRead(out _));

        Assert.Equal(9, _intake.TakeBack().Count);

        Assert.Equal(1, _intake.Held);
        Assert.Equal(3, _intake.Room());
    }

    [Fact]
    public async Task Done_PulsesWhenThereIsRoomAgain()
    {
        Put(4);
        Assert.Equal(0, _intake.Room());
        var freed = _intake.Freed.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None);
        Assert.False(freed.IsCompleted);

        _intake.Done(0);

        await freed.WaitAsync(Eventually.Deadline, TimeProvider.System);
    }

    void Put(int jobs)
    {
        for (var i = 0; i < jobs; i++)
            _intake.Put(new Run(SampleClaim.New(), "w", _flusher, _clock.GetTimestamp()));
    }

    void Play(int jobs, TimeSpan each)
    {
        for (var i = 0; i < jobs; i++)
        {
            Put(1);
            Assert.True(_intake.Waiting.TryRead(out _));
            _intake.Done(each.Ticks);
        }
    }
}
