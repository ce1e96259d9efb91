using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.Bench;

/// <summary>Arguments of a job that does nothing.</summary>
/// <param name="Number">Tells one from another.</param>
/// <param name="Since">The moment, in ticks of UTC, from which its delay is counted; null where nobody asks.</param>
internal sealed record BenchNoop(int Number, long? Since = null) : IJobArgs
{
    public static IEnumerable<BenchNoop> Many(int count) => Enumerable.Range(0, count).Select(static number => new BenchNoop(number));
}

/// <summary>Does nothing but say that it began: what is measured is the engine.</summary>
[Job("bench.noop", Queue = "bench", ResultTtlSeconds = 3_600, OnRequestOnly = true)]
internal sealed class BenchNoopJob(BenchTally tally) : IJobHandler<BenchNoop>
{
    public Task RunAsync(BenchNoop args, JobContext job)
    {
        tally.Began(args.Since);
        return Task.CompletedTask;
    }
}
