using System.CommandLine;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs cancel ID…</c>.</summary>
internal static class CancelJobs
{
    public static Command Create(string[] settings)
    {
        var ids = new Argument<string[]>("id") { Description = "The ids of the jobs.", Arity = ArgumentArity.OneOrMore };
        var json = JobCommandHost.Json();
        var command = new Command("cancel", "Cancel jobs that are not over. It holds even when no worker lives now.") { ids, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, (services, token) =>
        {
            var jobs = services.GetRequiredService<AuditedJobs>();
            var asked = Array.ConvertAll(parsed.GetRequiredValue(ids), JobCommandHost.ReadId);
            return JobReplies.WriteAsync(asked, parsed.GetValue(json), async id => Words(await jobs.CancelAsync(Caller.Operator, id, token)));
        }));
        return command;
    }

    /// <summary>The words fit jobs and flows.</summary>
    public static JobReply Words(CancelReply reply) => reply switch
    {
        CancelReply.Cancelled => new("Cancelled", true, "is cancelled: it had not started and never will."),
        CancelReply.Requested => new("Requested", true, "runs; its worker has been told to stop it."),
        CancelReply.AlreadyFinal => new("AlreadyFinal", false, "had already ended."),
        _ => new("Unknown", false, JobReply.UnknownWords),
    };
}
