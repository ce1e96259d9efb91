namespace LibraryPortal.Jobs.Stores;

/// <summary>What stores and schedulers agree on about a clock that jumps.</summary>
public static class ScheduleClock
{
    /// <summary>A cursor further ahead than this was written while the clock was wrong: the schedule starts anew from now. A clock set back by less just makes
    /// schedules wait until it has caught up, so that nothing is due twice.</summary>
    public static TimeSpan SetBack { get; } = TimeSpan.FromHours(3);

    /// <summary>Due times of one schedule that may wait; what comes on top is passed over.</summary>
    public const int MostWaiting = 1_000;
}
