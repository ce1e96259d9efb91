namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 1 and 2: new → Queued or Scheduled.</summary>
internal static class EnqueueJobs
{
    static readonly Sql Insert = new(
        "INSERT INTO job (id, name, lane, state, pos, due, unique_key, envelope, history, expire_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING");

    static readonly Sql FindById = new("SELECT 1 FROM job WHERE id = $1");
    static readonly Sql FindByKey = new("SELECT id FROM job WHERE unique_key = $1");

    public static IReadOnlyList<EnqueueReceipt> Run(WriteSession session, IReadOnlyList<JobEnvelope> jobs, IReadOnlyList<byte[]> envelopes)
    {
        var receipts = new EnqueueReceipt[jobs.Count];
        for (var i = 0; i < receipts.Length; i++)
            receipts[i] = Accept(session, jobs[i], envelopes[i]);
        return receipts;
    }

    static EnqueueReceipt Accept(WriteSession session, JobEnvelope job, byte[] envelope)
    {
        var id = JobRow.Key(job.Id);
        var due = job.DueAt?.ToUnixTimeMilliseconds();
        var state = due > session.Now ? JobState.Scheduled : JobState.Queued;
        var added = session.Prepare(Insert).Run(
            id, job.Name, session.Lanes.Of(job.Queue, job.Priority), (long)state, session.NextNumber(), due, job.UniqueKey, envelope,
            job.KeepsHistory ? 1L : 0L, job.ExpiresAt?.ToUnixTimeMilliseconds());
        if (added == 0)
            return new EnqueueReceipt(ExistingId(session, job, id), IsNew: false);

        if (state == JobState.Queued)
            session.Effects.WorkArrived = true;
        else
            session.Effects.EarliestDue = Math.Min(session.Effects.EarliestDue, due!.Value);
        session.Tell(job, state);
        return new EnqueueReceipt(job.Id, IsNew: true);
    }

    static JobId ExistingId(WriteSession session, JobEnvelope job, byte[] id) =>
        session.Prepare(FindById).Value(id) is not null ? job.Id : JobRow.Id((byte[])session.Prepare(FindByKey).Value(job.UniqueKey)!);
}
