using System.CommandLine;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs pause QUEUE</c> and <c>jobs resume QUEUE</c>.</summary>
internal static class QueueCommands
{
    public static Command Pause(string[] settings) => Create(
        settings, "pause", "Take no more jobs from a queue, over all workers and restarts, until it is resumed. What runs goes on.",
        static (queues, queue, token) => queues.PauseAsync(Caller.Operator, queue, token), "is paused.", "was paused already.");

    public static Command Resume(string[] settings) => Create(
        settings, "resume", "Take jobs from a queue again.",
        static (queues, queue, token) => queues.ResumeAsync(Caller.Operator, queue, token), "is resumed.", "was not paused.");

    static Command Create(
        string[] settings, string verb, string description, Func<AuditedQueues, string, CancellationToken, Task<bool>> act, string done, string nothing)
    {
        var queue = new Argument<string>("queue") { Description = "The queue's name; 'jobs stats' lists them." };
        var json = JobCommandHost.Json();
        var command = new Command(verb, description) { queue, json };
        command.SetAction((parsed, _) => JobCommandHost.RunAsync(settings, async (services, token) =>
        {
            var name = parsed.GetRequiredValue(queue);
            // Asked before: once the step is taken, nothing may keep the command from saying so.
            var known = await services.GetRequiredService<IJobInspector>().KnowsQueueAsync(name, token);
            var changed = await act(services.GetRequiredService<AuditedQueues>(), name, token);
            if (parsed.GetValue(json))
                CommandOutput.WriteJson(new { queue = name, changed, known });
            else
                Console.WriteLine($"Queue '{name}' {(changed ? done : nothing)}{(known ? "" : " No job type, no worker and no job that is ready names such a queue: is it a slip?")}");
            return JobCommandHost.Done;
        }));
        return command;
    }
}
