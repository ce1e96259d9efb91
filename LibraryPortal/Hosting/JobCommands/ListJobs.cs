using System.CommandLine;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs list</c>: the jobs in the store, of one state or of all that are not over.</summary>
internal static class ListJobs
{
    static readonly JobState[] Live = [JobState.Running, JobState.Queued, JobState.Scheduled, JobState.Waiting];

    public static Command Create(string[] settings)
    {
        var state = new Option<JobState?>("--state") { Description = $"One of {string.Join(", ", Enum.GetNames<JobState>())}. Without it: all jobs that are not over." };
        var offset = new Option<int>("--offset") { Description = "Jobs to pass over; with --state." };
        var count = new Option<int>("--count") { Description = "Jobs to list at most, 1 to 200. Default: 50.", DefaultValueFactory = static _ => 50 };
        var json = JobCommandHost.Json();
        var command = new Command("list", "List jobs that run, wait, or ended not long ago. 'jobs history' searches those that ended earlier.") { state, offset, count, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            if (parsed.GetValue(count) is < 1 or > 200)
                throw new ArgumentException($"--count is {parsed.GetValue(count)}; expected 1 to 200.");
            if (parsed.GetValue(offset) > 0 && parsed.GetValue(state) is null)
                throw new ArgumentException("--offset goes with --state: a list of several states has no one order.");
            var states = parsed.GetValue(state) is { } one ? [one] : Live;
            var (jobs, total) = await ReadAsync(services.GetRequiredService<IJobInspector>(), states, parsed.GetValue(offset), parsed.GetValue(count), token);
            Print(jobs, total, parsed.GetValue(json));
            return JobCommandHost.Done;
        }));
        return command;
    }

    /// <summary>Lists them for people or programs.</summary>
    /// <param name="isTotalLeast">There may be more than the total says.</param>
    public static void Print(IReadOnlyList<JobRecord> jobs, long total, bool asJson, bool isTotalLeast = false)
    {
        if (asJson)
        {
            CommandOutput.WriteJson(new { jobs = jobs.Select(static job => JobView.Of(job)), total, totalIsLeast = isTotalLeast ? true : (bool?)null });
            return;
        }

        var table = new TextTable("ID", "JOB", "STATE", "QUEUE", "ATTEMPT", "SINCE", "NEWS");
        foreach (var job in jobs)
        {
            var since = job.FinishedAt ?? job.StartedAt ?? job.DueAt ?? job.Envelope.EnqueuedAt;
            table.Add(
                $"{job.Id}", job.Envelope.Name, $"{job.State}", job.Envelope.Queue, $"{job.Attempt}/{job.Envelope.Retry.MaxAttempts}", CommandOutput.Time(since),
                CommandOutput.News(job));
        }

        table.Write(jobs.Count < total ? $"{jobs.Count} of {total}{(isTotalLeast ? " or more" : "")}" : CommandOutput.Count(jobs.Count, "job"));
    }

    static async Task<(List<JobRecord> Jobs, long Total)> ReadAsync(
        IJobInspector inspector, IReadOnlyList<JobState> states, int offset, int count, CancellationToken cancellationToken)
    {
        List<JobRecord> jobs = [];
        var total = 0L;
        foreach (var state in states)
        {
            // The last turn asks for a total alone, and a page has at least one.
            var page = await inspector.ListAsync(new JobQuery(state, offset, Math.Max(1, count - jobs.Count)), cancellationToken);
            jobs.AddRange(page.Jobs.Take(count - jobs.Count));
            total += page.Total;
        }

        return (jobs, total);
    }
}
