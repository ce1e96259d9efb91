using System.CommandLine;
using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs retry</c>: replays jobs named by id, one of them with other arguments, or all that a filter names, as slowly as asked.</summary>
internal static class RetryJobs
{
    public static Command Create(string[] settings)
    {
        var dead = new DeadOptions();
        var args = new Option<string?>("--args") { Description = "Other arguments for the one job named, as a JSON object; - reads them from standard input." };
        var rate = new Option<double?>("--per-second") { Description = "With --all: at most so many a second; 0.1 is one every ten seconds. Default: all at once." };
        var json = JobCommandHost.Json();
        var command = new Command("retry", "Queue failed, quarantined, cancelled or expired jobs again, with a fresh count of attempts.");
        dead.AddTo(command);
        command.Add(args);
        command.Add(rate);
        command.Add(json);
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var jobs = services.GetRequiredService<AuditedJobs>();
            var (edited, perSecond) = (parsed.GetValue(args), parsed.GetValue(rate));
            if (dead.ReadIds(parsed) is { } ids)
            {
                if (perSecond is not null)
                    throw new ArgumentException("--per-second goes with --all, not with ids.");
                if (edited is null)
                    return await JobReplies.WriteAsync(ids, parsed.GetValue(json), async id => Words(await jobs.RetryAsync(Caller.Operator, id, token)));
                if (ids.Length > 1)
                    throw new ArgumentException($"--args was given for {ids.Length} jobs; expected one.");
                var arguments = await EnqueueJob.ReadAsync(edited, Console.In, token);
                return await JobReplies.WriteAsync(ids, parsed.GetValue(json), async id => Words(await jobs.RetryAsync(Caller.Operator, id, arguments, token)));
            }

            if (edited is not null)
                throw new ArgumentException("--args goes with one id, not with --all.");
            var filter = dead.ReadFilter(parsed);
            return await ManyJobs.RunAsync(
                services.GetRequiredService<IJobInspector>(), filter, dead.IsDryRun(parsed), parsed.GetValue(json), "queued again",
                () => services.GetRequiredService<AuditedDeadJobs>().RetryAsync(Caller.Operator, filter, perSecond, token), token);
        }));
        return command;
    }

    static JobReply Words(RetryReply reply) => reply switch
    {
        RetryReply.Queued => new("Queued", true, "is queued again."),
        RetryReply.NotRetryable => new(
            "NotRetryable", false, "cannot run again: it has not ended, it succeeded, the same work is queued already, or the step of its flow before it did not succeed or is no longer kept."),
        _ => new("Unknown", false, JobReply.UnknownWords),
    };
}
