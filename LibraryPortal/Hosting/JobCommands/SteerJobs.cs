using System.CommandLine;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs cancel ID…</c> and <c>jobs retry ID…</c>.</summary>
internal static class SteerJobs
{
    public static Command Cancel(string[] settings) => Create(
        settings, "cancel", "Cancel jobs that are not over. It holds even when no worker lives now.",
        async (inspector, id, token) => await inspector.CancelAsync(id, token) switch
        {
            CancelReply.Cancelled => ("Cancelled", true, "is cancelled: it had not started and never will."),
            CancelReply.Requested => ("Requested", true, "runs; its worker has been told to stop it."),
            CancelReply.AlreadyFinal => ("AlreadyFinal", false, "had already ended."),
            CancelReply.Unknown => ("Unknown", false, "is unknown, or its record is no longer kept."),
        });

    public static Command Retry(string[] settings) => Create(
        settings, "retry", "Queue failed, quarantined, cancelled or expired jobs again, with a fresh count of attempts.",
        async (inspector, id, token) => await inspector.RetryAsync(id, token) switch
        {
            RetryReply.Queued => ("Queued", true, "is queued again."),
            RetryReply.NotRetryable => ("NotRetryable", false, "cannot run again: it has not ended, it succeeded, the same work is queued already, or the step of its flow before it did not succeed or is no longer kept."),
            RetryReply.Unknown => ("Unknown", false, "is unknown, or its record is no longer kept."),
        });

    static Command Create(
        string[] settings, string name, string description, Func<IJobInspector, JobId, CancellationToken, Task<(string Reply, bool IsDone, string Words)>> act)
    {
        var ids = new Argument<string[]>("id") { Description = "The ids of the jobs.", Arity = ArgumentArity.OneOrMore };
        var json = JobCommandHost.Json();
        var command = new Command(name, description) { ids, json };
        command.SetAction((parsed, token) => JobCommandHost.RunAsync(settings, async services =>
        {
            var asked = Array.ConvertAll(parsed.GetRequiredValue(ids), JobCommandHost.ReadId);
            var inspector = services.GetRequiredService<IJobInspector>();
            List<(JobId Id, string Reply, bool IsDone, string Words)> replies = [];
            foreach (var id in asked)
            {
                var (reply, isDone, words) = await act(inspector, id, token);
                replies.Add((id, reply, isDone, words));
            }

            if (parsed.GetValue(json))
                CommandOutput.WriteJson(replies.Select(static one => new { id = one.Id, reply = one.Reply }));
            else
                replies.ForEach(static one => (one.IsDone ? Console.Out : Console.Error).WriteLine($"Job {one.Id} {one.Words}"));
            return replies.TrueForAll(static one => one.IsDone) ? JobCommandHost.Done : JobCommandHost.Refused;
        }));
        return command;
    }
}
