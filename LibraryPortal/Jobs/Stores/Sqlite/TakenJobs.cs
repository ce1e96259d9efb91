namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What a claim came to, its envelopes still to be read.</summary>
/// <inheritdoc cref="ClaimReply"/>
internal sealed record TakenJobs(IReadOnlyList<TakenJob> Jobs, TimeSpan? NextDue, bool WorkerIsKnown = true)
{
    public ClaimReply Read()
    {
        var jobs = new ClaimedJob[Jobs.Count];
        for (var i = 0; i < jobs.Length; i++)
            jobs[i] = Jobs[i].ToClaimed();
        return new ClaimReply(jobs, NextDue, WorkerIsKnown);
    }
}
