namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Jobs that have not started by their expiry end: Waiting, Scheduled, Queued → Expired.</summary>
internal static class ExpireJobs
{
    const long MostPerCall = 500;

    static readonly Sql Over = new("SELECT seq, envelope FROM job WHERE state < 3 AND expire_at <= $1 ORDER BY expire_at LIMIT $2");

    static readonly Sql Close = new("""
        UPDATE job SET attempt = CASE state WHEN 3 THEN attempt - 1 ELSE attempt END, state = 7, parked = 0, held = NULL, expire_at = NULL, cursor = NULL, worker = NULL, started = NULL, finished = $2, expires = $3, error = $4, unique_key = NULL
        WHERE seq = $1 AND state < 4
        """);

    public static void Run(WriteSession session)
    {
        foreach (var (seq, envelope) in session.Prepare(Over).Rows(static row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), session.Now, MostPerCall))
            End(session, seq, session.ReadJob(seq, envelope));
    }

    public static void End(WriteSession session, long seq, JobEnvelope job)
    {
        // One that ended before it, of the same flow, may have cancelled it.
        if (session.Prepare(Close).Run(seq, session.Now, session.Flows.ExpiryOf(job), "It had not started when its time was over.") > 0)
            session.Ended(job, JobState.Expired);
    }
}
