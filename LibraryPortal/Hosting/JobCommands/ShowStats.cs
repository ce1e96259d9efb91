using System.CommandLine;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs stats</c>: how many jobs are in each state, and the queues.</summary>
internal static class ShowStats
{
    public static Command Create(string[] settings)
    {
        var json = JobCommandHost.Json();
        var command = new Command("stats", "Count jobs by state and queue.") { json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var inspector = services.GetRequiredService<IJobInspector>();
            var counts = await inspector.CountAsync(token);
            var queues = await inspector.ListQueuesAsync(token);
            var workers = await inspector.ListWorkersAsync(token);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (parsed.GetValue(json))
            {
                CommandOutput.WriteJson(new
                {
                    states = Enum.GetValues<JobState>().ToDictionary(static state => state.ToString(), state => counts[state]),
                    queues = queues.Select(queue => new { name = queue.Name, depth = queue.Depth, oldestSeconds = Age(queue, now)?.TotalSeconds, paused = queue.IsPaused }),
                    workers = workers.Count,
                    slots = workers.Sum(static worker => worker.Slots),
                });
                return JobCommandHost.Done;
            }

            var states = new TextTable("STATE", "JOBS");
            foreach (var state in Enum.GetValues<JobState>())
                states.Add($"{state}", $"{counts[state]}");
            states.Write();
            Console.WriteLine();
            var lines = new TextTable("QUEUE", "READY", "OLDEST", "");
            foreach (var queue in queues)
                lines.Add(queue.Name, $"{queue.Depth}", Age(queue, now) is { } age ? $"{age:d\\.hh\\:mm\\:ss}" : "", queue.IsPaused ? "paused" : "");
            lines.Write(workers.Count == 0 ? "no worker runs, so queued jobs wait" : $"{CommandOutput.Count(workers.Count, "worker")} with {CommandOutput.Count(workers.Sum(static worker => worker.Slots), "slot")}");
            return JobCommandHost.Done;
        }));
        return command;
    }

    static TimeSpan? Age(QueueRecord queue, DateTimeOffset now) => queue.OldestSince is { } since && now > since ? now - since : null;
}
