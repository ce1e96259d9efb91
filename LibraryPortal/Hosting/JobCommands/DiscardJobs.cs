using System.CommandLine;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs discard</c>: forgets jobs that ended without success, named by id or all that a filter names.</summary>
internal static class DiscardJobs
{
    public static Command Create(string[] settings)
    {
        var dead = new DeadOptions();
        var json = JobCommandHost.Json();
        var command = new Command("discard", "Forget jobs that ended without success, so that nobody replays them. Their place in the history stays.");
        dead.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            if (dead.ReadIds(parsed) is { } ids)
            {
                var jobs = services.GetRequiredService<AuditedJobs>();
                return await JobReplies.WriteAsync(ids, parsed.GetValue(json), async id => Words(await jobs.DiscardAsync(Caller.Operator, id, token)));
            }

            var filter = dead.ReadFilter(parsed);
            return await ManyJobs.RunAsync(
                services.GetRequiredService<IJobInspector>(), filter, dead.IsDryRun(parsed), parsed.GetValue(json), "discarded",
                () => services.GetRequiredService<AuditedDeadJobs>().DiscardAsync(Caller.Operator, filter, token), token);
        }));
        return command;
    }

    static JobReply Words(DiscardReply reply) => reply switch
    {
        DiscardReply.Discarded => new("Discarded", true, "is discarded."),
        DiscardReply.NotDead => new("NotDead", false, "cannot be discarded: it has not ended, or it succeeded."),
        DiscardReply.PartOfFlow => new("PartOfFlow", false, "is part of a flow that is still kept; it goes with the flow."),
        _ => new("Unknown", false, JobReply.UnknownWords),
    };
}
