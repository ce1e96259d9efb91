namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 3 and 4: what is due becomes Queued, then the head of the lanes becomes Running.</summary>
internal static class ClaimJobs
{
    // Bounds one transaction; what is left is due at the next claim too.
    const int MostPromoted = 1_024;

    static readonly Sql KnowsWorker = new("SELECT 1 FROM worker WHERE id = $1");
    static readonly Sql Due = new("SELECT seq FROM job WHERE state = 1 AND due <= $1 ORDER BY due, pos LIMIT $2");
    static readonly Sql Promote = new("UPDATE job SET state = 2, pos = $2 WHERE seq = $1 RETURNING envelope");
    static readonly Sql NextDue = new("SELECT MIN(due) FROM job WHERE state = 1");

    static readonly Sql NextReadyLane = new("SELECT MIN(lane) FROM job WHERE state = 2 AND parked = 0 AND lane > $1");

    static readonly Sql Take = new("""
        UPDATE job SET state = 3, worker = $1, stamp = $2, started = $3, attempt = attempt + 1,
          progress_done = NULL, progress_total = NULL, progress_message = NULL
        WHERE seq IN (SELECT seq FROM job WHERE state = 2 AND parked = 0 AND lane = $4 ORDER BY pos LIMIT $5)
        RETURNING pos, attempt, crashes, cancel, envelope
        """);

    public static ClaimReply Run(WriteSession session, ClaimRequest request)
    {
        if (session.Prepare(KnowsWorker).Value(request.Worker) is null)
            return new ClaimReply([], null, WorkerIsKnown: false);

        var nextDue = (long?)session.Prepare(NextDue).Value();
        if (nextDue <= session.Now)
        {
            PromoteDue(session);
            nextDue = (long?)session.Prepare(NextDue).Value();
        }

        List<ClaimedJob> claimed = [];
        var ready = ReadyLanes(session);
        foreach (var lane in request.Lanes)
        {
            if (claimed.Count >= request.Count)
                break;
            if (session.Lanes.Of(lane.Queue, lane.Priority) is var number && ready.Contains(number))
                TakeFrom(session, request, number, claimed);
        }

        if (claimed.Count == 0)
            session.Effects.IdleUntil = nextDue ?? long.MaxValue;
        return new ClaimReply(claimed, nextDue is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, due - session.Now)) : null);
    }

    static void PromoteDue(WriteSession session)
    {
        foreach (var seq in session.Prepare(Due).Rows(static row => row.GetInt64(0), session.Now, (long)MostPromoted))
        {
            var envelope = (byte[])session.Prepare(Promote).Value(seq, session.NextNumber())!;
            session.Effects.WorkArrived = true;
            session.Tell(envelope, JobState.Queued);
        }
    }

    // Most lanes are empty most of the time. Stepping over the index from one lane to the next costs a look per lane that is not.
    static List<long> ReadyLanes(WriteSession session)
    {
        List<long> ready = [];
        for (var last = -1L; session.Prepare(NextReadyLane).Value(last) is long lane; last = lane)
            ready.Add(lane);
        return ready;
    }

    static void TakeFrom(WriteSession session, ClaimRequest request, long lane, List<ClaimedJob> claimed)
    {
        var stamp = session.NextNumber();
        var rows = session.Prepare(Take).Rows(
            row => (Place: row.GetInt64(0), Job: new ClaimedJob(
                EnvelopeCodec.Read(row.GetFieldValue<byte[]>(4)), stamp, row.GetInt32(1), row.GetInt32(2), row.GetBoolean(3))),
            request.Worker, stamp, session.Now, lane, (long)(request.Count - claimed.Count));

        // SQLite promises no order for RETURNING.
        rows.Sort(static (one, other) => one.Place.CompareTo(other.Place));
        foreach (var (_, job) in rows)
        {
            claimed.Add(job);
            session.Tell(job.Envelope, JobState.Running);
        }
    }
}
