using System.Diagnostics.CodeAnalysis;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>The due times of a schedule. Pure arithmetic: the same rule gives the same instants on every machine with the same time-zone data.</summary>
/// <remarks>Due times are strictly increasing. They are known from 1970 to 9000.</remarks>
public abstract class Timetable
{
    static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly DateTimeOffset _start;
    readonly DateTimeOffset _end;

    private protected Timetable(DateTimeOffset? start, DateTimeOffset? end)
    {
        _start = Max(start ?? Earliest, Earliest);
        _end = end < Latest ? end.Value : Latest;
    }

    /// <summary>Checks a schedule's rule and prepares its arithmetic.</summary>
    /// <param name="problem">A sentence that says what is wrong, what was received and what is expected.</param>
    public static bool TryCreate(
        ScheduleRule rule, DateTimeOffset? start, DateTimeOffset? end, [NotNullWhen(true)] out Timetable? timetable, [NotNullWhen(false)] out string? problem)
    {
        timetable = null;
        if (start >= end)
        {
            problem = $"The schedule ends at {end:u}, which is not after its start at {start:u}.";
            return false;
        }

        switch (rule)
        {
            case IntervalRule { Length: var every }:
                if (every < TimeSpan.FromSeconds(1) || every.Ticks % TimeSpan.TicksPerSecond != 0)
                {
                    problem = $"The interval is {every:c}; expected whole seconds, at least one.";
                    return false;
                }

                (timetable, problem) = (new IntervalTimetable(every, start, end), null);
                return true;
            case CronRule cron:
                if (!CronExpression.TryParse(cron.Text, out var expression, out problem) || !TimeZones.TryFind(cron.Zone, out var zone, out problem))
                    return false;
                timetable = new CronTimetable(expression, zone, start, end);
                return true;
            default:
                throw new ArgumentException($"'{rule.GetType().Name}' is no kind of rule this program knows.", nameof(rule));
        }
    }

    /// <summary>The first due time after a moment; null when there is none any more.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        if (moment >= _end)
            return null;
        // One tick before the start, so that the start itself can be due.
        var next = Next(Max(moment, _start.AddTicks(-1)));
        return next < _end ? next : null;
    }

    /// <summary>The due times after <paramref name="from"/> up to and including <paramref name="to"/>, one by one.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset from, DateTimeOffset to)
    {
        for (var due = NextAfter(from); due <= to; due = NextAfter(due.Value))
            yield return due.Value;
    }

    /// <summary>The latest due times after <paramref name="from"/> up to and including <paramref name="to"/>, in their order.
    /// Looks backwards, so that years of missed minutes cost nothing.</summary>
    public IReadOnlyList<DateTimeOffset> LatestBetween(DateTimeOffset from, DateTimeOffset to, int count)
    {
        from = Max(from, _start.AddTicks(-1));
        if (count <= 0 || from >= to)
            return [];
        for (var span = TimeSpan.FromHours(1); ; span *= 2)
        {
            var reachesStart = to - from <= span;
            var found = Between(reachesStart ? from : to - span, to).TakeLast(count).ToList();
            if (reachesStart || found.Count == count)
                return found;
        }
    }

    private protected abstract DateTimeOffset? Next(DateTimeOffset after);

    static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
