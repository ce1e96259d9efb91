using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs show ID</c>: all that is known of one job.</summary>
internal static class ShowJob
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(string[] settings)
    {
        var id = new Argument<string>("id") { Description = "The job's id: 32 hexadecimal digits." };
        var json = JobCommandHost.Json();
        var command = new Command("show", "Show one job: state, times, arguments, result, error.") { id, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var asked = JobCommandHost.ReadId(parsed.GetRequiredValue(id));
            if (await services.GetRequiredService<IJobInspector>().FindAsync(asked, token) is not { } job)
                return await JobCommandHost.RefuseAsync($"There is no job {asked}, or its record is no longer kept.");
            var log = await services.GetRequiredService<IJobInspector>().ReadLogAsync(asked, token);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(JobView.Of(job, log));
            else
                Print(job, log);
            return JobCommandHost.Done;
        }));
        return command;
    }

    static void Print(JobRecord job, IReadOnlyList<JobLogLine> log)
    {
        var envelope = job.Envelope;
        (string Word, string? Value)[] facts =
        [
            ("Id", $"{job.Id}"), ("Job", envelope.Name), ("State", $"{job.State}"), ("", job.HeldBack),
            ("Queue", $"{envelope.Queue}, priority {envelope.Priority}"), ("Owner", envelope.Owner), ("Tags", envelope.Tags.Count == 0 ? null : string.Join(", ", envelope.Tags)),
            ("Unique key", envelope.UniqueKey), ("Serial key", envelope.SerialKey), ("Limits", string.Join(", ", envelope.Limits)),
            ("Flow", envelope.Flow is { } place ? $"{place.Flow}" : null), ("Scheduled", CommandOutput.Time(envelope.ScheduledFor)), ("Expires", CommandOutput.Time(envelope.ExpiresAt)),
            ("Time limit", envelope.TimeLimit?.ToString("c", CultureInfo.InvariantCulture)), ("Attempt", $"{job.Attempt} of {envelope.Retry.MaxAttempts}"), ("Crashes", job.Crashes == 0 ? null : $"{job.Crashes}"),
            ("Progress", job.Progress is { } progress ? $"{progress.Done} of {progress.Total} {progress.Message}" : null),
            ("Accepted", CommandOutput.Time(envelope.EnqueuedAt)), ("Due", job.IsFinal ? null : CommandOutput.Time(job.DueAt)), ("Started", CommandOutput.Time(job.StartedAt)),
            ("Ended", CommandOutput.Time(job.FinishedAt)), ("Worker", job.Worker), ("Cancel", job.CancelRequested ? "asked for" : null), ("Error", job.Error),
            ("Arguments", Pretty(envelope.Args)), ("At first", envelope.OriginalArgs is { } original ? Pretty(original) : null), ("Result", job.Result is { } result ? Pretty(result) : null),
            ("Log", string.Join('\n', log.Select(static line => $"{CommandOutput.Time(line.At)} {line.Text}"))),
        ];
        foreach (var (word, value) in facts.Where(static fact => !string.IsNullOrEmpty(fact.Value)))
            Console.WriteLine($"{word,-12}{value!.ReplaceLineEndings($"\n{"",12}")}");
    }

    static string Pretty(JsonElement json) => JsonSerializer.Serialize(json, Indented);
}
