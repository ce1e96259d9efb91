namespace LibraryPortal.Tests.Support;

/// <summary>What every test relies on that has the clock to itself.</summary>
public sealed class ManualClockTests
{
    [Fact]
    public void Advance_WhileAnotherIsUnderWay_IsNotTakenBackByIt()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();
        using var timer = clock.CreateTimer(_ => clock.Advance(TimeSpan.FromHours(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(start.AddSeconds(1).AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void Advance_BelowZero_SetsItBack()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();

        clock.Advance(TimeSpan.FromHours(-1));

        Assert.Equal(start.AddHours(-1), clock.GetUtcNow());
    }
}
