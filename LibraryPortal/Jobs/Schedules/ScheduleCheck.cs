using LibraryPortal.Jobs.Client;

namespace LibraryPortal.Jobs.Schedules;

/// <summary>Refuses a schedule that could not work, in words its author can act on.</summary>
internal static class ScheduleCheck
{
    static readonly TimeSpan MostJitter = TimeSpan.FromDays(1);

    /// <exception cref="ArgumentException">The schedule is refused; the message says why.</exception>
    public static Schedule Check(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        CheckTiming(schedule.Name, schedule.Rule, schedule.StartsAt, schedule.EndsAt, schedule.Missed, schedule.Overlap, schedule.Jitter);
        EnvelopeFactory.Check(schedule.Job);
        return schedule with { Job = AsTemplate(schedule.Job) };
    }

    /// <summary>The same for everything but the job.</summary>
    /// <exception cref="ArgumentException">The schedule is refused; the message says why.</exception>
    public static void CheckTiming(
        string name, ScheduleRule rule, DateTimeOffset? start, DateTimeOffset? end, MissedRuns missed, OverlapPolicy overlap, TimeSpan jitter)
    {
        if (!JobNames.IsJob(name))
            throw new ArgumentException($"'{name}' is not a schedule name; expected {JobNames.JobForm}.", nameof(name));
        if (!Timetable.TryCreate(rule, start, end, out _, out var problem))
            throw new ArgumentException($"The schedule '{name}' is refused. {problem}", nameof(rule));
        if (missed.MadeUp is < 0 or > MissedRuns.Most)
            throw new ArgumentException($"The schedule '{name}' makes up for {missed.MadeUp} missed runs; expected 0 to {MissedRuns.Most}.", nameof(missed));
        if (!Enum.IsDefined(overlap))
            throw new ArgumentException($"The schedule '{name}' has the overlap policy {overlap}; expected one of {string.Join(", ", Enum.GetNames<OverlapPolicy>())}.", nameof(overlap));
        if (jitter < TimeSpan.Zero || jitter > MostJitter)
            throw new ArgumentException($"The schedule '{name}' has a jitter of {jitter}; expected zero to {MostJitter}.", nameof(jitter));
    }

    /// <summary>The job without what differs from run to run.</summary>
    public static JobEnvelope AsTemplate(JobEnvelope job) =>
        job with
        {
            Id = default, EnqueuedAt = DateTimeOffset.UnixEpoch, DueAt = null, TraceParent = null, ScheduledFor = null,
            ExpiresAt = job.ExpiresAt is { } expires ? DateTimeOffset.UnixEpoch + (expires - job.EnqueuedAt) : null,
        };
}
