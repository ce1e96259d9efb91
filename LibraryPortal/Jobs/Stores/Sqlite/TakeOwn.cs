namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transition 18: the job that a worker brings along is new and Running in one.</summary>
internal static class TakeOwn
{
    static readonly Sql Insert = new("""
        INSERT INTO job (id, name, lane, state, pos, attempt, worker, stamp, started, envelope, history) VALUES ($1, $2, $3, 3, $4, 1, $5, $4, $6, $7, $8)
        ON CONFLICT DO NOTHING RETURNING pos, 0, crashes, cancel, envelope, seq, expire_at, cursor
        """);

    /// <returns>Nothing when there is a job of this id.</returns>
    public static IReadOnlyList<TakenJob> Run(WriteSession session, string worker, JobEnvelope job)
    {
        // One number for both: its place, should it be handed back, and the claim's stamp.
        var stamp = session.NextNumber();
        var taken = session.Prepare(Insert).Rows(
            row => TakenJob.Read(row, stamp), JobRow.Key(job.Id), job.Name, session.Lanes.Of(job.Queue, job.Priority), stamp, worker, session.Now, EnvelopeCodec.Write(job),
            job.KeepsHistory ? 1L : 0L);
        foreach (var own in taken)
            own.TellRunning(session);
        return taken;
    }
}
