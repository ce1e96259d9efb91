using System.CommandLine;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary><c>jobs …</c>: looking at jobs and steering them from the command line, beside a running portal.</summary>
internal static class JobsCommand
{
    public static Command Create(string[] settings) => new("jobs", "Look at jobs and steer them, beside a running portal. Give it the same settings, such as --DataDirectory.")
    {
        ListJobs.Create(settings),
        SearchHistory.Create(settings),
        ShowJob.Create(settings),
        EnqueueJob.Create(settings),
        CancelJobs.Create(settings),
        RetryJobs.Create(settings),
        DiscardJobs.Create(settings),
        ShowStats.Create(settings),
        QueueCommands.Pause(settings),
        QueueCommands.Resume(settings),
    };
}
