namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Arguments of a job that does nothing.</summary>
public sealed record Noop : IJobArgs;

/// <summary>Does nothing: shows that jobs are taken and acknowledged.</summary>
[Job("diagnostics.noop", Queue = "diagnostics", ResultTtlSeconds = 3_600, OnRequestOnly = true)]
internal sealed class NoopJob : IJobHandler<Noop>
{
    public Task RunAsync(Noop args, JobContext job) => Task.CompletedTask;
}
