using System.Globalization;
using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Looks at schedules and steers them, for an admin. The answer to a step is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerSchedule(IJobSchedules schedules, AuditedSchedules audited)
{
    const int NextShown = 5;

    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer schedules.", "admins-only");
    static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no such schedule.", "schedule-unknown");

    public async Task<Outcome<ScheduleRecord[]>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return (await schedules.ListAsync(cancellationToken)).ToArray();
    }

    public async Task<Outcome<ScheduleRecord>> FindAsync(Caller caller, string name, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await schedules.FindAsync(name, cancellationToken) is { } found ? found : Unknown;
    }

    /// <summary>The next due times of a schedule, a few.</summary>
    public static IReadOnlyList<DateTimeOffset> NextOf(ScheduleRecord record, DateTimeOffset now)
    {
        List<DateTimeOffset> due = [];
        if (record is not { Schedule: { IsPaused: false } schedule, IsRetired: false } || !Timetable.TryCreate(schedule.Rule, schedule.StartsAt, schedule.EndsAt, out var timetable, out _))
            return due;
        while (due.Count < NextShown && timetable.NextAfter(due.Count == 0 ? now : due[^1]) is { } next)
            due.Add(next);
        return due;
    }

    public Task<Outcome<string>> PauseAsync(Caller caller, string name, CancellationToken cancellationToken = default) =>
        ActAsync(caller, () => audited.PauseAsync(caller, name, cancellationToken), "Paused: nothing is due from now on.");

    public Task<Outcome<string>> ResumeAsync(Caller caller, string name, CancellationToken cancellationToken = default) =>
        ActAsync(caller, () => audited.ResumeAsync(caller, name, cancellationToken), "Due again from now on. What was due meanwhile is not made up for.");

    public Task<Outcome<string>> ResetAsync(Caller caller, string name, CancellationToken cancellationToken = default) =>
        ActAsync(caller, () => audited.ResetAsync(caller, name, cancellationToken), "As the program declares it again.");

    public async Task<Outcome<string>> RunNowAsync(Caller caller, string name, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (await audited.RunNowAsync(caller, name, cancellationToken) is not null)
            return "Queued: it runs as soon as a worker is free.";
        return await schedules.FindAsync(name, cancellationToken) is null ? Unknown : new Refusal(RefusalKind.Conflict, "Its job is still waiting or running.", "schedule-busy");
    }

    /// <param name="rule">Five crontab fields, or an interval: 15m.</param>
    /// <param name="zone">The time zone of crontab fields.</param>
    public async Task<Outcome<string>> ChangeRuleAsync(Caller caller, string name, string rule, string zone, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        var wanted = ReadRule(rule.Trim(), zone.Trim());
        try
        {
            if (await audited.ChangeRuleAsync(caller, name, wanted, cancellationToken) != ScheduleReply.Done)
                return Unknown;
        }
        catch (ArgumentException error)
        {
            return new Refusal(RefusalKind.Invalid, ArgumentSentence.Of(error), "rule-unusable");
        }

        return $"It is due {ScheduleSentence.Of(wanted)} now.";
    }

    /// <summary>The rule as a person writes it.</summary>
    public static (string Rule, string Zone) Write(ScheduleRule rule) => rule switch
    {
        CronRule cron => (cron.Text, cron.Zone),
        IntervalRule { Length: var every } => (every.TotalSeconds % 60 != 0 ? Number(every.TotalSeconds, 's') : every.TotalMinutes % 60 != 0 ? Number(every.TotalMinutes, 'm') : Number(every.TotalHours, 'h'), "UTC"),
        _ => ("", "UTC"),
    };

    static string Number(double count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");

    static ScheduleRule ReadRule(string rule, string zone) =>
        DurationText.TryRead(rule, out var every) ? ScheduleRule.Every(every) : ScheduleRule.Cron(rule, zone.Length == 0 ? "UTC" : zone);

    static async Task<Outcome<string>> ActAsync(Caller caller, Func<Task<ScheduleReply>> act, string done)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await act() switch
        {
            ScheduleReply.Done => done,
            ScheduleReply.NotDeclared => new Refusal(RefusalKind.Conflict, "The program does not declare it, so there is nothing to go back to.", "schedule-not-declared"),
            _ => Unknown,
        };
    }
}
