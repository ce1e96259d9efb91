namespace LibraryPortal.Hosting.Bench;

/// <summary>What a loop without an engine came to.</summary>
/// <param name="Rate">Jobs a second.</param>
/// <param name="Processor">Microseconds of this process' processor a job: the Redis client and its socket, or SQLite.</param>
internal readonly record struct BareCost(double Rate, double Processor)
{
    /// <summary>Measures one stretch of work.</summary>
    public static async Task<BareCost> OfAsync(int jobs, Func<Task> work)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var began = TimeProvider.System.GetTimestamp();
        await work();
        var took = TimeProvider.System.GetElapsedTime(began);
        return new BareCost(jobs / took.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / jobs);
    }
}

/// <param name="Enqueue">Batches written to the store, nothing checked.</param>
/// <param name="Drain">Batches taken and ended, nothing run.</param>
internal sealed record BareFigures(BareCost Enqueue, BareCost Drain);
