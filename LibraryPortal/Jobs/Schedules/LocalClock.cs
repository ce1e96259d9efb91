namespace LibraryPortal.Jobs.Schedules;

/// <summary>The wall clocks of a time zone: which instants show a local time. It asks the zone only for the offset at an instant and finds the
/// changes itself, because <c>TimeZoneInfo.IsInvalidTime</c> and <c>IsAmbiguousTime</c> do not see changes of a zone's standard time
/// (Apia, 2011: a whole day left out).</summary>
internal sealed class LocalClock(TimeZoneInfo zone)
{
    // No zone is further from UTC, so an instant lies within this of the local time it shows. Two changes never lie that close together.
    static readonly TimeSpan Furthest = TimeSpan.FromHours(16);

    public DateTime WallAt(DateTime utc) => Shift(utc, OffsetAt(utc));

    /// <param name="wall">A local time, exists it or not.</param>
    public LocalMoment Resolve(DateTime wall)
    {
        var (low, high) = (AsUtc(wall - Furthest), AsUtc(wall + Furthest));
        var (before, after) = (OffsetAt(low), OffsetAt(high));
        if (before == after)
            return LocalMoment.Once(AsUtc(wall - before));

        var change = ChangeBetween(low, high);
        var (early, late) = (AsUtc(wall - before), AsUtc(wall - after));
        if (early < change)
            return late >= change ? LocalMoment.Twice(early, late) : LocalMoment.Once(early);
        return late >= change ? LocalMoment.Once(late) : LocalMoment.Missing(change, IsWholeDayMissing(wall, change + before, change + after));
    }

    /// <summary>When clocks are next turned back within a day and a half; null when they are not.</summary>
    public DateTime? TurnedBackSoon(DateTime utc)
    {
        var horizon = utc + TimeSpan.FromHours(36);
        return OffsetAt(horizon) < OffsetAt(utc) ? ChangeBetween(utc, horizon) : null;
    }

    /// <summary>The first instant of the later offset.</summary>
    DateTime ChangeBetween(DateTime low, DateTime high)
    {
        var before = OffsetAt(low);
        var (first, last) = (low.Ticks / TimeSpan.TicksPerSecond, (high.Ticks / TimeSpan.TicksPerSecond) + 1);
        while (last - first > 1)
        {
            var middle = first + ((last - first) / 2);
            if (OffsetAt(new DateTime(middle * TimeSpan.TicksPerSecond, DateTimeKind.Utc)) == before)
                first = middle;
            else
                last = middle;
        }

        return new DateTime(last * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }

    TimeSpan OffsetAt(DateTime utc) => zone.GetUtcOffset(utc);

    static bool IsWholeDayMissing(DateTime wall, DateTime gapStart, DateTime gapEnd) =>
        Shift(gapStart, TimeSpan.Zero) <= wall.Date && wall.Date.AddDays(1) <= Shift(gapEnd, TimeSpan.Zero);

    static DateTime AsUtc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    static DateTime Shift(DateTime time, TimeSpan offset) => DateTime.SpecifyKind(time + offset, DateTimeKind.Unspecified);
}
