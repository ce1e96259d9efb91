using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Makes up for the due times of a stretch of the past, both ends included, for an admin.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class BackfillSchedule(IJobSchedules schedules, AuditedSchedules audited, TimeProvider clock)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer schedules.", "admins-only");
    static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no such schedule.", "schedule-unknown");

    /// <returns>How many due times the stretch has.</returns>
    public async Task<Outcome<int>> CountAsync(Caller caller, string name, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (from > to)
            return new Refusal(RefusalKind.Invalid, "The stretch ends before it begins.", "stretch-unusable");
        if (to > clock.GetUtcNow())
            return new Refusal(RefusalKind.Invalid, "The stretch reaches into the future; only what is past can be made up for.", "stretch-unusable");
        if (await schedules.FindAsync(name, cancellationToken) is not { } found)
            return Unknown;
        if (found.Schedule is not { } schedule || !Timetable.TryCreate(schedule.Rule, schedule.StartsAt, schedule.EndsAt, out var timetable, out _))
            return new Refusal(RefusalKind.Conflict, found.Problem ?? "This version of the program cannot read its rule.", "schedule-unreadable");
        var due = timetable.Between(from.AddTicks(-1), to).Take(MissedRuns.Most + 1).Count();
        return due <= MissedRuns.Most ? due : new Refusal(RefusalKind.Invalid, $"The stretch has more than {MissedRuns.Most:N0} due times; take a shorter one.", "stretch-unusable");
    }

    public async Task<Outcome<string>> RunAsync(Caller caller, string name, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        try
        {
            if (await audited.BackfillAsync(caller, name, from, to, cancellationToken) is not { } reply)
                return Unknown;
            var accepted = reply.Fired == 1 ? "1 job is accepted" : $"{reply.Fired:N0} jobs are accepted";
            return reply switch
            {
                { IsCutShort: true } => $"{accepted}. Then the schedule was deleted; the rest is not made up for.",
                { Fired: 0, Waiting: 0 } => "Nothing was made up for: the jobs of that stretch are there already.",
                { Waiting: 0 } => $"{accepted}.",
                _ => $"{accepted}; {reply.Waiting:N0} due times wait for the run before them.",
            };
        }
        catch (ArgumentException error)
        {
            return new Refusal(RefusalKind.Invalid, ArgumentSentence.Of(error), "stretch-unusable");
        }
    }
}
