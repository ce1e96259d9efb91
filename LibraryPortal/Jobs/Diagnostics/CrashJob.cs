using System.Diagnostics;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Arguments of a job that kills its worker's process.</summary>
public sealed record Crash : IJobArgs;

/// <summary>Kills the process it runs in, as kill -9 does: shows recovery, and quarantine after the third time.</summary>
[Job("diagnostics.crash", Queue = "diagnostics", MaxAttempts = 1, ResultTtlSeconds = 3_600, OnRequestOnly = true)]
internal sealed class CrashJob : IJobHandler<Crash>
{
    public Task RunAsync(Crash args, JobContext job)
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        return Task.CompletedTask;
    }
}
