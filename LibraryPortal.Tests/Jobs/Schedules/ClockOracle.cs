namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>The clock of a zone over some years, minute by minute: what it showed, what it left out, what it showed twice. It knows only the offset
/// at each minute and none of the arithmetic it is there to check.</summary>
internal sealed class ClockOracle(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
{
    const int MinutesPerDay = 1440;
    static readonly DateTime Epoch = DateTime.UnixEpoch;

    readonly long _first = Minute(from);
    readonly short[] _offsets = ReadOffsets(zone, Minute(from), Minute(to));

    /// <summary>The due times of a rule, by the letter of its contract.</summary>
    public List<DateTimeOffset> DueTimes(CronSample cron)
    {
        List<DateTimeOffset> due = [];
        bool[] times = [.. Enumerable.Range(0, MinutesPerDay).Select(cron.MatchesTime)];
        var latestShown = long.MinValue;
        long? knownDay = null;
        var knownAnswer = false;
        for (var i = 1; i < _offsets.Length; i++)
        {
            var shows = _first + i + _offsets[i];
            var skippedFrom = _first + i + _offsets[i - 1];
            if (cron.IsEveryHour ? Matches(shows) : IsDueOnce(shows, skippedFrom))
                due.Add(new DateTimeOffset(Epoch.AddMinutes(_first + i)));
            latestShown = Math.Max(latestShown, shows);
        }

        return due;

        bool IsDueOnce(long shows, long skippedFrom)
        {
            for (var missing = skippedFrom; missing < shows; missing++)
            {
                var midnight = missing - (missing % MinutesPerDay);
                var isDayMissing = skippedFrom <= midnight && midnight + MinutesPerDay <= shows;
                if (!isDayMissing && Matches(missing))
                    return true;
            }

            return shows > latestShown && Matches(shows);
        }

        bool Matches(long local)
        {
            if (!times[local % MinutesPerDay])
                return false;
            var day = local / MinutesPerDay;
            if (knownDay != day)
                (knownDay, knownAnswer) = (day, cron.MatchesDay(Epoch.AddDays(day)));
            return knownAnswer;
        }
    }

    /// <summary>How many local days there were of which the clock showed at least one minute.</summary>
    public int CountDaysShown()
    {
        HashSet<long> days = [];
        var latest = long.MinValue;
        for (var i = 1; i < _offsets.Length; i++)
        {
            var day = (_first + i + _offsets[i]) / MinutesPerDay;
            if (day != latest)
                days.Add(latest = day);
        }

        return days.Count;
    }

    static short[] ReadOffsets(TimeZoneInfo zone, long first, long last)
    {
        var offsets = new short[last - first + 1];
        for (long hour = 0; hour < offsets.Length; hour += 60)
        {
            var end = Math.Min(hour + 60, offsets.Length - 1);
            var (begins, ends) = (OffsetAt(hour), OffsetAt(end));
            for (var minute = hour; minute < end; minute++)
                offsets[minute] = begins == ends ? begins : OffsetAt(minute);
            offsets[end] = ends;
        }

        return offsets;

        short OffsetAt(long minute) => (short)zone.GetUtcOffset(Epoch.AddMinutes(first + minute)).TotalMinutes;
    }

    static long Minute(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;
}
