using System.CommandLine;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>schedules …</c>: recurring jobs.</summary>
internal static class SchedulesCommand
{
    public static Command Create(string[] settings)
    {
        var json = JobCommandHost.Json();
        var command = new Command("schedules", "List recurring jobs and steer them, beside a running portal.") { json };
        command.SetAction((parsed, _) => ListAsync(settings, parsed.GetValue(json)));
        var listJson = JobCommandHost.Json();
        var list = new Command("list", "List them; the same as no command.") { listJson };
        list.SetAction((parsed, _) => ListAsync(settings, parsed.GetValue(listJson)));
        command.Subcommands.Add(list);
        command.Subcommands.Add(Steer(
            settings, "pause", "Nothing is due from now on.", new("Paused", true, "is paused."), static (schedules, name, token) => schedules.PauseAsync(Caller.Operator, name, token)));
        command.Subcommands.Add(Steer(
            settings, "resume", "Due again from now on; nothing is made up for.", new("Resumed", true, "is due again."),
            static (schedules, name, token) => schedules.ResumeAsync(Caller.Operator, name, token)));
        command.Subcommands.Add(Run(settings));
        command.Subcommands.Add(Backfill(settings));
        return command;
    }

    static Task<int> ListAsync(string[] settings, bool asJson) => JobCommandHost.RunAsync(settings, async (services, cancellationToken) =>
    {
        var schedules = await services.GetRequiredService<IJobSchedules>().ListAsync(cancellationToken);
        if (asJson)
        {
            CommandOutput.WriteJson(schedules.Select(static one => new
            {
                name = one.Name, rule = one.Sentence, job = one.Schedule?.Job.Name, isPaused = one.Schedule?.IsPaused, isRetired = one.IsRetired, isChanged = one.IsChanged,
                nextDue = one.NextDue, lastDue = one.LastDue, lastFiredAt = one.LastFiredAt, lastJob = one.LastJob, lastState = one.LastState, waiting = one.Waiting,
                fired = one.Fired, passedOver = one.PassedOver, problem = one.Problem,
            }));
            return JobCommandHost.Done;
        }

        var table = new TextTable("SCHEDULE", "RULE", "NEXT", "LAST", "ENDED", "FIRED", "NEWS");
        foreach (var one in schedules)
        {
            var news = one.Problem ?? (one.IsRetired ? "retired" : one.Schedule is { IsPaused: true } ? "paused" : one.IsChanged ? "changed by an operator" : "");
            table.Add(one.Name, one.Sentence, CommandOutput.Time(one.NextDue), CommandOutput.Time(one.LastDue), $"{one.LastState}", $"{one.Fired}", news);
        }

        table.Write(schedules.Count == 0 ? "no schedules" : null);
        return JobCommandHost.Done;
    });

    static Command Steer(
        string[] settings, string verb, string description, JobReply done, Func<AuditedSchedules, string, CancellationToken, Task<ScheduleReply>> act)
    {
        var name = Name();
        var json = JobCommandHost.Json();
        var command = new Command(verb, description) { name, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = parsed.GetRequiredValue(name);
            if (await act(services.GetRequiredService<AuditedSchedules>(), asked, token) != ScheduleReply.Done)
                return await UnknownAsync(asked);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { name = asked, reply = done.Name });
            else
                Console.WriteLine($"Schedule '{asked}' {done.Words}");
            return JobCommandHost.Done;
        }));
        return command;
    }

    static Command Run(string[] settings)
    {
        var name = Name();
        var json = JobCommandHost.Json();
        var command = new Command("run", "Fire one job of it now, whatever the rule or a pause says.") { name, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = parsed.GetRequiredValue(name);
            if (await services.GetRequiredService<AuditedSchedules>().RunNowAsync(Caller.Operator, asked, token) is not { } handle)
            {
                return await services.GetRequiredService<IJobSchedules>().FindAsync(asked, token) is null
                    ? await UnknownAsync(asked)
                    : await JobCommandHost.RefuseAsync($"Schedule '{asked}' was not run: a job with the same unique key has not ended.");
            }

            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { id = handle.Id });
            else
                Console.WriteLine($"Job {handle.Id} is accepted.");
            return JobCommandHost.Done;
        }));
        return command;
    }

    static Command Backfill(string[] settings)
    {
        var name = Name();
        var (from, to) = (TimeOptions.Moment("--from", "The first moment of the stretch."), TimeOptions.Moment("--to", "The last moment of it; not in the future."));
        (from.Required, to.Required) = (true, true);
        var json = JobCommandHost.Json();
        var command = new Command("backfill", "Fire the due times of a stretch of the past. One whose job is still there is not run again.") { name, from, to, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = parsed.GetRequiredValue(name);
            if (await services.GetRequiredService<AuditedSchedules>().BackfillAsync(Caller.Operator, asked, parsed.GetRequiredValue(from)!.Value, parsed.GetRequiredValue(to)!.Value, token) is not { } reply)
                return await UnknownAsync(asked);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { due = reply.Due, fired = reply.Fired, waiting = reply.Waiting, isCutShort = reply.IsCutShort ? true : (bool?)null });
            else
                Console.WriteLine($"Schedule '{asked}' was due {CommandOutput.Count(reply.Due, "time")} then: {Accepted(reply)}.");
            return reply.IsCutShort ? await JobCommandHost.RefuseAsync($"Schedule '{asked}' was deleted meanwhile; the rest is not made up for.") : JobCommandHost.Done;
        }));
        return command;
    }

    static string Accepted(BackfillReply reply)
    {
        var accepted = reply.Fired == 1 ? "1 job is accepted" : $"{reply.Fired} jobs are accepted";
        return reply.Waiting == 0 ? accepted : $"{accepted}, {reply.Waiting} {(reply.Waiting == 1 ? "waits" : "wait")} for the run before";
    }

    static Argument<string> Name() => new("name") { Description = "The schedule's name, such as loans.reminders." };

    static Task<int> UnknownAsync(string name) => JobCommandHost.RefuseAsync($"There is no schedule '{name}'; 'schedules' lists them.");
}
