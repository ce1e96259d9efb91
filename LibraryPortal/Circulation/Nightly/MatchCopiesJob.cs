using LibraryPortal.Jobs;

namespace LibraryPortal.Circulation.Nightly;

/// <summary>Give free copies to those who wait for them; the answer is how many requests became ready.</summary>
internal sealed record MatchWaiting : IJobArgs<int>;

/// <summary>The matching of the night at once: for whoever brings copies without being able to serve their readers. Run again, it finds nobody left to serve.</summary>
[Job(JobName, Queue = "library", MaxAttempts = 10)]
internal sealed class MatchCopiesJob(MatchCopies match) : IJobHandler<MatchWaiting, int>
{
    public const string JobName = "circulation.match";

    public Task<int> RunAsync(MatchWaiting args, JobContext job) => match.RunAsync(job.CancellationToken);
}
