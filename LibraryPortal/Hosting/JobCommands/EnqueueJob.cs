using System.CommandLine;
using System.Text.Json;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs enqueue NAME [JSON]</c>: hands a job over by its name.</summary>
internal static class EnqueueJob
{
    public static Command Create(string[] settings)
    {
        var name = new Argument<string>("name") { Description = "The job's name, such as circulation.nightly." };
        var args = new Argument<string>("arguments") { Description = "Its arguments as a JSON object; - reads them from standard input. Default: {}.", DefaultValueFactory = static _ => "{}" };
        var queue = new Option<string?>("--queue") { Description = "The queue it waits in. Default: that of its type." };
        var priority = new Option<JobPriority?>("--priority") { Description = $"One of {string.Join(", ", Enum.GetNames<JobPriority>())}." };
        var delay = TimeOptions.Duration("--in", "Not before this much later.");
        var due = TimeOptions.Moment("--at", "Not before this moment.");
        var unique = new Option<string?>("--unique") { Description = "While a job with this key waits or runs, no second one is made." };
        var owner = new Option<string?>("--owner") { Description = "The user id it belongs to." };
        var tags = new Option<string[]>("--tag") { Description = "A tag; may be given several times." };
        var wait = TimeOptions.Duration("--wait", "Wait so long for its end, and fail unless it succeeds.");
        var json = JobCommandHost.Json();
        var command = new Command("enqueue", "Hand a job over by its name.") { name, args, queue, priority, delay, due, unique, owner, tags, wait, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var client = services.GetRequiredService<IJobClient>();
            var envelope = client.Prepare(parsed.GetRequiredValue(name), await ReadAsync(parsed.GetRequiredValue(args), Console.In, token), options =>
            {
                Set(parsed.GetValue(queue), one => options.Queue(one));
                Set(parsed.GetValue(unique), one => options.Unique(one));
                Set(parsed.GetValue(owner), one => options.Owner(one));
                if (parsed.GetValue(priority) is { } asked)
                    options.Priority(asked);
                if (parsed.GetValue(delay) is { } later)
                    options.In(later);
                if (parsed.GetValue(due) is { } moment)
                    options.At(moment);
                options.Tag(parsed.GetValue(tags) ?? []);
            });
            var handle = await services.GetRequiredService<AuditedEnqueue>().SubmitAsync(Caller.Operator, envelope, token);
            return await EndAsync(handle, envelope, parsed.GetValue(wait), parsed.GetValue(json), token);
        }));
        return command;
    }

    static async Task<int> EndAsync(JobHandle handle, JobEnvelope envelope, TimeSpan? wait, bool asJson, CancellationToken cancellationToken)
    {
        // It is accepted whatever the wait comes to, and people must learn which it is, as programs do below.
        if (!asJson)
            Console.WriteLine(handle.IsNew ? $"Job {handle.Id} ({envelope.Name}) is accepted." : $"Job {handle.Id} has this key already; none was made.");
        JobRecord? ended = null;
        try
        {
            if (wait is { } patience)
                ended = await handle.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException error)
        {
            return await JobCommandHost.RefuseAsync(error.Message);
        }
        finally
        {
            if (asJson)
                CommandOutput.WriteJson(new { id = handle.Id, isNew = handle.IsNew, job = ended is null ? null : JobView.Of(ended) });
        }

        if (!asJson && ended is not null)
            Console.WriteLine($"Job {ended.Id} ({ended.Envelope.Name}) ended: {ended.State}.{(ended.Error is null ? "" : $" {ended.Error}")}");
        return ExitCode(ended);
    }

    static int ExitCode(JobRecord? ended) => ended is null or { State: JobState.Succeeded } ? JobCommandHost.Done : JobCommandHost.Refused;

    /// <summary>Arguments as they were typed, or from standard input where they are a hyphen.</summary>
    /// <exception cref="ArgumentException">They are not JSON.</exception>
    public static async Task<JsonElement> ReadAsync(string text, TextReader input, CancellationToken cancellationToken)
    {
        if (text == "-")
        {
            // The console's reader blocks the caller's thread in its async methods, too, and does not look at the token.
            text = await Task.Run(input.ReadToEnd, cancellationToken).WaitAsync(cancellationToken);
        }

        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The arguments are not JSON ({error.Message.TrimEnd('.')}); expected an object in quotes, such as '{{\"id\": 7}}'.", error);
        }
    }

    static void Set(string? value, Action<string> set)
    {
        if (value is not null)
            set(value);
    }
}
