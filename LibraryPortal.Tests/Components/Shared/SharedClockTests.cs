using LibraryPortal.Components.Shared;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Components.Shared;

public sealed class SharedClockTests
{
    [Fact]
    public void Clock_TicksForAllListeners_AndStopsWithTheLast()
    {
        var time = new ManualClock();
        using var clock = new SharedClock(time);
        var (one, other) = (0, 0);
        void CountOne() => one++;
        void CountOther() => other++;
        clock.Add(CountOne);
        clock.Add(CountOther);
        time.Advance(TimeSpan.FromSeconds(30));
        clock.Remove(CountOne);
        time.Advance(TimeSpan.FromSeconds(30));
        clock.Remove(CountOther);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((1, 2), (one, other));

        clock.Add(CountOne);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, one);
    }
}
