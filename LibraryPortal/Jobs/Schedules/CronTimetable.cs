namespace LibraryPortal.Jobs.Schedules;

/// <summary>
/// The instants at which the clocks of a zone show what a cron rule names.
/// <list type="bullet">
/// <item>A rule that names hours is due once for each local time it names. Where clocks are turned back over it: the first time they show it.
/// Where they are turned forward over it: at the first instant after the gap, once for all that fell into it.</item>
/// <item>A rule for every hour follows the clock: due whenever it shows a matching minute, so also in an hour that comes twice,
/// and not in one that never comes.</item>
/// <item>A day that the calendar of the zone leaves out has no due times.</item>
/// </list>
/// </summary>
internal sealed class CronTimetable(CronExpression cron, TimeZoneInfo zone, DateTimeOffset? start, DateTimeOffset? end) : Timetable(start, end)
{
    readonly LocalClock _clock = new(zone);

    private protected override DateTimeOffset? Next(DateTimeOffset after)
    {
        var moment = after.UtcDateTime;
        var next = cron.IsEveryHour ? NextByTheClock(moment) : NextLocalTime(moment);
        return next is { } utc ? new DateTimeOffset(utc, TimeSpan.Zero) : null;
    }

    // Local times rise with the instants they resolve to, so the first that lies after the moment is the answer.
    DateTime? NextLocalTime(DateTime moment)
    {
        for (var wall = NextWall(_clock.WallAt(moment)); wall is not null; wall = NextWall(wall.Value))
        {
            var local = _clock.Resolve(wall.Value);
            if (!local.IsDayMissing && local.First > moment)
                return local.First;
        }

        return null;
    }

    DateTime? NextByTheClock(DateTime moment)
    {
        var ahead = FirstShown(NextWall(_clock.WallAt(moment)), moment);

        // Clocks about to be turned back will show again what they have shown.
        if (_clock.TurnedBackSoon(moment) is not { } change)
            return ahead;
        var again = FirstShown(cron.NextAtOrAfter(_clock.WallAt(change)), change.AddTicks(-1));
        return again < ahead ? again : ahead;
    }

    DateTime? FirstShown(DateTime? wall, DateTime after)
    {
        for (; wall is not null; wall = NextWall(wall.Value))
        {
            var local = _clock.Resolve(wall.Value);
            if (local.IsMissing)
                continue;
            if (local.First > after)
                return local.First;
            if (local.Second > after)
                return local.Second;
        }

        return null;
    }

    DateTime? NextWall(DateTime wall) => cron.NextAtOrAfter(wall.AddTicks(1));
}
