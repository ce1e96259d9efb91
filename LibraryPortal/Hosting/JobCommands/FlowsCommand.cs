using System.CommandLine;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>flows …</c>: jobs that belong together, looked at and steered as a whole.</summary>
internal static class FlowsCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("flows", "List flows of jobs and steer them as a whole, beside a running portal.") { List(settings), Show(settings) };
        command.Add(Steer(settings, "cancel", "Cancel what has not ended of a flow.", static async (flows, id, token) => CancelJobs.Words(await flows.CancelAsync(Caller.Operator, id, token))));
        command.Add(Steer(settings, "retry", "Take an ended flow up again: its jobs that did not succeed run again, then what follows them.", static async (flows, id, token) =>
            await flows.RetryAsync(Caller.Operator, id, token) switch
            {
                RetryReply.Queued => new JobReply("Queued", true, "goes on."),
                RetryReply.NotRetryable => new JobReply("NotRetryable", false, "cannot be taken up: it has not ended, all of it succeeded, or the same work is queued already."),
                _ => new JobReply("Unknown", false, JobReply.UnknownWords),
            }));
        return command;
    }

    static Command List(string[] settings)
    {
        var ended = new Option<bool>("--ended") { Description = "Those that have ended, in place of those that go on." };
        var offset = new Option<int>("--offset") { Description = "Flows to pass over." };
        var count = new Option<int>("--count") { Description = "Flows to list at most, 1 to 200. Default: 50.", DefaultValueFactory = static _ => 50 };
        var json = JobCommandHost.Json();
        var command = new Command("list", "List flows, the latest first.") { ended, offset, count, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var page = await services.GetRequiredService<IJobInspector>().ListFlowsAsync(new FlowQuery(parsed.GetValue(ended), parsed.GetValue(offset), parsed.GetValue(count)), token);
            if (parsed.GetValue(json))
            {
                CommandOutput.WriteJson(new { flows = page.Flows.Select(Summary), total = page.Total });
                return JobCommandHost.Done;
            }

            var table = new TextTable("ID", "FLOW", "STATE", "DONE", "FAILED", "CANCELLED", "SINCE");
            foreach (var flow in page.Flows)
            {
                table.Add(
                    $"{flow.Id}", flow.Name, $"{flow.State}", $"{flow.Succeeded} of {flow.Total}", $"{flow.Failed}", $"{flow.Cancelled}", CommandOutput.Time(flow.FinishedAt ?? flow.AcceptedAt));
            }

            table.Write(page.Flows.Count < page.Total ? $"{page.Flows.Count} of {page.Total}" : CommandOutput.Count(page.Total, "flow"));
            return JobCommandHost.Done;
        }));
        return command;
    }

    static Command Show(string[] settings)
    {
        var id = Id();
        var offset = new Option<int>("--offset") { Description = "Jobs to pass over." };
        var count = new Option<int>("--count") { Description = "Jobs to list at most, 1 to 200. Default: 50.", DefaultValueFactory = static _ => 50 };
        var json = JobCommandHost.Json();
        var command = new Command("show", "Show one flow and its jobs, in the order they were written.") { id, offset, count, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var (inspector, asked) = (services.GetRequiredService<IJobInspector>(), ReadId(parsed.GetRequiredValue(id)));
            if (await inspector.FindFlowAsync(asked, token) is not { Flow: var flow })
                return await JobCommandHost.RefuseAsync($"There is no flow {asked}, or its record is no longer kept.");
            var jobs = await inspector.ListFlowJobsAsync(asked, parsed.GetValue(offset), parsed.GetValue(count), token);
            if (parsed.GetValue(json))
            {
                CommandOutput.WriteJson(new { flow = Summary(flow), jobs = jobs.Select(static job => new { number = job.Number, id = job.Id, state = job.State, name = job.Record?.Envelope.Name, error = job.Record?.Error }) });
                return JobCommandHost.Done;
            }

            Console.WriteLine($"{flow.Name}: {flow.State}, {flow.Succeeded} of {flow.Total} done, {flow.Failed} failed, {flow.Cancelled} cancelled");
            var table = new TextTable("NO.", "ID", "JOB", "STATE", "NEWS");
            foreach (var job in jobs)
                table.Add($"{job.Number}", $"{job.Id}", job.Record?.Envelope.Name ?? "", $"{job.State}", job.Record is { } record ? CommandOutput.News(record) : "no longer kept");
            table.Write(jobs.Count < flow.Total ? $"{jobs.Count} of {flow.Total}" : null);
            return JobCommandHost.Done;
        }));
        return command;
    }

    static Command Steer(string[] settings, string verb, string description, Func<AuditedFlows, FlowId, CancellationToken, Task<JobReply>> act)
    {
        var id = Id();
        var json = JobCommandHost.Json();
        var command = new Command(verb, description) { id, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = ReadId(parsed.GetRequiredValue(id));
            var reply = await act(services.GetRequiredService<AuditedFlows>(), asked, token);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { id = $"{asked}", reply = reply.Name });
            else
                await (reply.IsDone ? Console.Out : Console.Error).WriteLineAsync($"Flow {asked} {reply.Words}");
            return reply.IsDone ? JobCommandHost.Done : JobCommandHost.Refused;
        }));
        return command;
    }

    static Argument<string> Id() => new("id") { Description = "The flow's id: 32 hexadecimal digits." };

    static FlowId ReadId(string text) => FlowId.TryParse(text, out var id) ? id : throw new ArgumentException($"'{text}' is not the id of a flow; expected 32 hexadecimal digits.");

    static object Summary(FlowRecord flow) => new
    {
        id = $"{flow.Id}", name = flow.Name, owner = flow.Owner, state = flow.State, onFailure = flow.OnFailure, total = flow.Total, succeeded = flow.Succeeded, failed = flow.Failed,
        cancelled = flow.Cancelled, acceptedAt = flow.AcceptedAt, finishedAt = flow.FinishedAt,
    };
}
