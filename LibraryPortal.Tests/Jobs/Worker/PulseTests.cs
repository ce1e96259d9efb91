using LibraryPortal.Jobs.Worker;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Jobs.Worker;

public sealed class PulseTests
{
    readonly ManualClock _clock = new();
    readonly Pulse _pulse;

    public PulseTests() => _pulse = new Pulse(_clock);

    [Fact]
    public async Task Wait_AfterPulsesThatCameBefore_ReturnsOnce()
    {
        _pulse.Set();
        _pulse.Set();

        Assert.True(_pulse.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None).IsCompleted);
        var second = _pulse.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None);
        Assert.False(second.IsCompleted);
        _pulse.Set();
        await second;
    }

    [Fact]
    public async Task Wait_WithoutAPulse_ReturnsAfterItsTime()
    {
        var wait = _pulse.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(wait.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await wait.WaitAsync(Eventually.Deadline, TimeProvider.System);
    }

    [Fact]
    public async Task Wait_WhenAskedToStop_ReturnsWithoutAnError()
    {
        using var stop = new CancellationTokenSource();
        var wait = _pulse.WaitAsync(TimeSpan.FromHours(1), stop.Token);

        await stop.CancelAsync();

        await wait.WaitAsync(Eventually.Deadline, TimeProvider.System);
    }
}
