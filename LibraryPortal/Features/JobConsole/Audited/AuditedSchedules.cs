using System.Globalization;
using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Steers schedules in somebody's name, with an entry in the audit for each step that changed something.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedSchedules(IJobSchedules schedules, SteeringRecord record)
{
    public Task<ScheduleReply> PauseAsync(Caller caller, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, "schedule.paused", name, token => schedules.PauseAsync(name, token), cancellationToken);

    public Task<ScheduleReply> ResumeAsync(Caller caller, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, "schedule.resumed", name, token => schedules.ResumeAsync(name, token), cancellationToken);

    public Task<ScheduleReply> ResetAsync(Caller caller, string name, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, "schedule.reset", name, token => schedules.ResetAsync(name, token), cancellationToken);

    /// <inheritdoc cref="IJobSchedules.ChangeRuleAsync"/>
    public Task<ScheduleReply> ChangeRuleAsync(Caller caller, string name, ScheduleRule rule, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, "schedule.changed", name, token => schedules.ChangeRuleAsync(name, rule, token), cancellationToken);

    /// <inheritdoc cref="IJobSchedules.RunNowAsync"/>
    public async Task<JobHandle?> RunNowAsync(Caller caller, string name, CancellationToken cancellationToken = default)
    {
        var handle = await schedules.RunNowAsync(name, WholeStep.Begin(cancellationToken));
        if (handle is not null)
            await record.WriteAsync(caller, "schedule.run", AuditSubject.Schedule, name, name, null, AuditJson.Of(("job", handle.Id.ToString())));
        return handle;
    }

    /// <inheritdoc cref="IJobSchedules.BackfillAsync"/>
    public async Task<BackfillReply?> BackfillAsync(Caller caller, string name, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        var done = new LastReport<BackfillReply>();
        BackfillReply? reply;
        try
        {
            reply = await schedules.BackfillAsync(name, from, to, done, cancellationToken);
        }
        // What is asked for wrongly is not begun; whatever else ends it, the batches before are done for good.
        catch (Exception error) when (error is not ArgumentException)
        {
            await TellAsync("schedule.backfilled-in-part", done.Value?.Due, done.Value?.Fired ?? 0);
            throw;
        }

        if (reply is { Due: > 0 })
            await TellAsync(reply.IsCutShort ? "schedule.backfilled-in-part" : "schedule.backfilled", reply.Due, reply.Fired);
        return reply;

        Task TellAsync(string action, int? due, int fired)
        {
            (string Name, string? Value)[] parts =
                [("from", Time(from)), ("to", Time(to)), ("due", due?.ToString(CultureInfo.InvariantCulture)), ("fired", fired.ToString(CultureInfo.InvariantCulture))];
            return record.WriteAsync(caller, action, AuditSubject.Schedule, name, name, null, AuditJson.Of(Array.FindAll(parts, static part => part.Value is not null)));
        }
    }

    async Task<ScheduleReply> ChangeAsync(Caller caller, string action, string name, Func<CancellationToken, Task<ScheduleReply>> change, CancellationToken cancellationToken)
    {
        var before = Json(await schedules.FindAsync(name, cancellationToken));
        var reply = await change(WholeStep.Begin(cancellationToken));
        if (reply == ScheduleReply.Done && Json(await schedules.FindAsync(name, CancellationToken.None)) is var after && after != before)
            await record.WriteAsync(caller, action, AuditSubject.Schedule, name, name, before, after);
        return reply;
    }

    static string? Json(ScheduleRecord? schedule) =>
        schedule is null ? null : AuditJson.Of(("rule", schedule.Sentence), ("paused", YesNo(schedule.Schedule is { IsPaused: true })), ("changed", YesNo(schedule.IsChanged)));

    static string Time(DateTimeOffset moment) => moment.ToString("O", CultureInfo.InvariantCulture);

    static string YesNo(bool value) => value ? "yes" : "no";
}
