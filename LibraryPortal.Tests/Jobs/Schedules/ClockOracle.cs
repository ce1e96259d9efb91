namespace LibraryPortal.Tests.Jobs.Schedules;

/// <summary>The clock of a zone over some years, minute by minute: what it showed, what it left out, what it showed twice. It knows only the offset
/// at each minute and none of the arithmetic it is there to check.</summary>
internal sealed class ClockOracle
{
    const int MinutesPerDay = 1440;
    static readonly DateTime Epoch = DateTime.UnixEpoch;

    readonly long _first;
    readonly short[] _offsets;
    readonly List<int> _changes;

    public ClockOracle(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        _first = Minute(from);
        _offsets = ReadOffsets(zone, _first, Minute(to));
        _changes = FindChanges(_offsets);
    }

    /// <summary>The due times of a rule, by the letter of its contract.</summary>
    public List<DateTimeOffset> DueTimes(CronSample cron)
    {
        List<DateTimeOffset> due = [];
        bool[] times = [.. Enumerable.Range(0, MinutesPerDay).Select(cron.MatchesTime)];
        var untilTime = UntilTime(times);
        var change = 0;
        var latestShown = long.MinValue;
        long? knownDay = null;
        var knownAnswer = false;
        for (var i = 1; i < _offsets.Length; i++)
        {
            // Where the offset stays nothing is left out or shown twice, and minutes that the rule does not name are passed over.
            while (change < _changes.Count && _changes[change] <= i)
                change++;
            if (_offsets[i] == _offsets[i - 1] && untilTime[(_first + i + _offsets[i]) % MinutesPerDay] is > 0 and var passed)
            {
                i = Math.Min(i + passed, change < _changes.Count ? _changes[change] : _offsets.Length);
                latestShown = Math.Max(latestShown, _first + i - 1 + _offsets[i - 1]);
                if (i == _offsets.Length)
                    break;
            }

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

    // Of each minute of a day: how long until the next that the rule names.
    static int[] UntilTime(bool[] times)
    {
        var until = new int[times.Length];
        for (var minute = 2 * times.Length - 1; minute >= 0; minute--)
            until[minute % times.Length] = times[minute % times.Length] ? 0 : until[(minute + 1) % times.Length] + 1;
        return until;
    }

    // The minutes whose offset is not that of the minute before.
    static List<int> FindChanges(short[] offsets)
    {
        List<int> changes = [];
        for (var i = 0; ;)
        {
            var same = offsets.AsSpan(i).IndexOfAnyExcept(offsets[i]);
            if (same < 0)
                return changes;
            changes.Add(i += same);
        }
    }

    static short[] ReadOffsets(TimeZoneInfo zone, long first, long last)
    {
        var offsets = new short[last - first + 1];
        var begins = OffsetAt(0);
        for (var hour = 0; hour < offsets.Length; hour += 60)
        {
            var end = Math.Min(hour + 60, offsets.Length - 1);
            var ends = OffsetAt(end);
            if (begins == ends)
            {
                offsets.AsSpan(hour, end - hour).Fill(begins);
            }
            else
            {
                for (var minute = hour; minute < end; minute++)
                    offsets[minute] = OffsetAt(minute);
            }

            offsets[end] = begins = ends;
        }

        return offsets;

        short OffsetAt(long minute) => (short)zone.GetUtcOffset(Epoch.AddMinutes(first + minute)).TotalMinutes;
    }

    static long Minute(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;
}
