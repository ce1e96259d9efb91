namespace LibraryPortal.Jobs.Schedules;

/// <summary>Due times a fixed stretch of absolute time apart.</summary>
internal sealed class IntervalTimetable(TimeSpan every, DateTimeOffset? start, DateTimeOffset? end) : Timetable(start, end)
{
    readonly long _anchor = (start ?? DateTimeOffset.UnixEpoch).UtcTicks;

    private protected override DateTimeOffset? Next(DateTimeOffset after)
    {
        var passed = after.UtcTicks - _anchor;
        var turns = passed < 0 ? 0 : (passed / every.Ticks) + 1;
        var next = (Int128)_anchor + ((Int128)turns * every.Ticks);
        return next > DateTimeOffset.MaxValue.UtcTicks ? null : new DateTimeOffset((long)next, TimeSpan.Zero);
    }
}
