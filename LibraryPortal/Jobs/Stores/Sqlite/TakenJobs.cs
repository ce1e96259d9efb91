namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What a claim came to, its envelopes still to be read.</summary>
/// <inheritdoc cref="ClaimReply"/>
internal sealed record TakenJobs(IReadOnlyList<TakenJob> Jobs, TimeSpan? NextDue, bool WorkerIsKnown = true)
{
    public ClaimReply Read()
    {
        List<ClaimedJob> jobs = new(Jobs.Count);
        foreach (var taken in Jobs)
        {
            if (taken.TryGive() is { } job)
                jobs.Add(job);
        }

        return new ClaimReply(jobs, NextDue, WorkerIsKnown);
    }
}
