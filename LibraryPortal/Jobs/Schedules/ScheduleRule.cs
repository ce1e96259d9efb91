using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>When a schedule is due, as it was written down. <see cref="Timetable"/> checks it and does the arithmetic: a stored rule stays readable
/// on a machine that cannot work with it, for want of its time zone.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(CronRule), "cron")]
[JsonDerivedType(typeof(IntervalRule), "interval")]
public abstract record ScheduleRule
{
    private protected ScheduleRule() { }

    /// <summary>Due at the local times that match.</summary>
    /// <param name="cron">Five fields: minute, hour, day of month, month, day of week.</param>
    /// <param name="zone">An IANA time zone, such as <c>Europe/Berlin</c>.</param>
    public static ScheduleRule Cron(string cron, string zone = "UTC") => new CronRule(cron, zone);

    /// <summary>Due again and again after the same stretch of absolute time.</summary>
    /// <param name="interval">Whole seconds, at least one.</param>
    public static ScheduleRule Every(TimeSpan interval) => new IntervalRule(interval);
}

/// <summary>A crontab rule in a time zone.</summary>
/// <param name="Text">Five fields, as in crontab(5).</param>
/// <param name="Zone">The IANA name of the zone whose clocks count.</param>
public sealed record CronRule(string Text, string Zone) : ScheduleRule;

/// <summary>A fixed interval in absolute time, which no change of clocks touches. It is counted from the schedule's start, or else from
/// 1970-01-01T00:00:00Z, so that every five minutes means on the fives.</summary>
public sealed record IntervalRule(TimeSpan Length) : ScheduleRule;
