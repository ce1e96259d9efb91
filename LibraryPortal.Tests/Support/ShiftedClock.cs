namespace LibraryPortal.Tests.Support;

/// <summary>The real clock, put forward or back: for a whole running program, whose timers must go on.</summary>
public sealed class ShiftedClock : TimeProvider
{
    long _shift;

    public TimeSpan Shift
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _shift));
        set => Interlocked.Exchange(ref _shift, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
