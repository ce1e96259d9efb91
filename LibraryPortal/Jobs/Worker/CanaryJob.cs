namespace LibraryPortal.Jobs.Worker;

/// <summary>Arguments of the canary's job.</summary>
/// <param name="Worker">Who sent it, and runs it.</param>
internal sealed record CanarySong(string Worker) : IJobArgs;

/// <summary>Does nothing: that it is accepted, taken, run and acknowledged is the proof.</summary>
[Job(Canary.JobName, Queue = Canary.SharedQueue, Priority = JobPriority.Critical, MaxAttempts = 1, ResultTtlSeconds = 1, History = false, OnRequestOnly = true)]
internal sealed class CanaryJob : IJobHandler<CanarySong>
{
    public Task RunAsync(CanarySong args, JobContext job) => Task.CompletedTask;
}
