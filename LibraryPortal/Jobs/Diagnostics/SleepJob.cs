namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>Arguments of a job that takes its time.</summary>
/// <param name="Seconds">How long; 0 to a day.</param>
public sealed record Sleep(double Seconds) : IJobArgs;

/// <summary>Takes its time, tells how far it is, and stops when asked.</summary>
[Job("diagnostics.sleep", Queue = "diagnostics", MaxAttempts = 1, ResultTtlSeconds = 3_600, OnRequestOnly = true)]
internal sealed class SleepJob(TimeProvider clock) : IJobHandler<Sleep>
{
    const double Longest = 86_400;

    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(Sleep args, JobContext job)
    {
        if (args.Seconds is not (>= 0 and <= Longest))
            throw new JobFailedException($"Seconds is {args.Seconds}; expected 0 to {Longest:N0}.");
        var began = clock.GetTimestamp();
        var whole = TimeSpan.FromSeconds(args.Seconds);
        while (clock.GetElapsedTime(began) is var gone && gone < whole)
        {
            await job.ReportProgressAsync((long)gone.TotalSeconds, (long)Math.Ceiling(args.Seconds), "Sleeping");
            await Task.Delay(whole - gone < Step ? whole - gone : Step, clock, job.CancellationToken);
        }
    }
}
