using System.CommandLine;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>workers</c>: who runs jobs.</summary>
internal static class WorkersCommand
{
    public static Command Create(string[] settings)
    {
        var json = JobCommandHost.Json();
        var command = new Command("workers", "List the workers that run jobs, beside a running portal.") { json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var workers = await services.GetRequiredService<IJobInspector>().ListWorkersAsync(token);
            if (parsed.GetValue(json))
            {
                CommandOutput.WriteJson(workers.Select(static worker => new
                {
                    id = worker.Id, host = worker.Host, processId = worker.ProcessId, version = worker.Version, slots = worker.Slots, running = worker.Running, memoryBytes = worker.MemoryBytes,
                    queues = worker.Queues, jobNames = worker.JobNames, startedAt = worker.StartedAt, lastBeatAt = worker.LastBeatAt,
                }));
                return JobCommandHost.Done;
            }

            var table = new TextTable("WORKER", "HOST", "PROCESS", "RUNNING", "QUEUES", "STARTED", "LAST BEAT");
            foreach (var worker in workers)
            {
                table.Add(
                    worker.Id, worker.Host, $"{worker.ProcessId}", $"{worker.Running}/{worker.Slots}", string.Join(',', worker.Queues),
                    CommandOutput.Time(worker.StartedAt), CommandOutput.Time(worker.LastBeatAt));
            }

            table.Write(workers.Count == 0 ? "no worker runs" : null);
            return JobCommandHost.Done;
        }));
        return command;
    }
}
