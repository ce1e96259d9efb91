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

    // A lane may hold many jobs in a row that a gate turns away; a claim does not look at all of them.
    const int MostLookedAt = 512;

    static readonly Sql PausedQueues = new("SELECT key FROM queue WHERE paused IS NOT NULL");

    static readonly Sql TurnAway = new("""
        UPDATE job SET state = 2, parked = 2, held = $2, attempt = attempt - 1, worker = NULL, stamp = NULL, started = NULL WHERE seq = $1
        RETURNING cancel
        """);

    static readonly Sql First = new("""
        SELECT pos, attempt, crashes, cancel, envelope, seq, expire_at, cursor FROM job WHERE state = 2 AND parked = 0 AND lane = $1 ORDER BY pos LIMIT $2
        """);

    static readonly Sql Take = new("""
        UPDATE job SET state = 3, worker = $1, stamp = $2, started = $3, attempt = attempt + 1,
          progress_done = NULL, progress_total = NULL, progress_message = NULL
        WHERE seq IN (SELECT value FROM json_each($4))
        """);

    public static TakenJobs Run(WriteSession session, ClaimRequest request)
    {
        if (session.Prepare(KnowsWorker).Value(request.Worker) is null)
            return new TakenJobs([], null, WorkerIsKnown: false);

        var nextDue = (long?)session.Prepare(NextDue).Value();
        if (nextDue <= session.Now)
        {
            PromoteDue(session);
            nextDue = (long?)session.Prepare(NextDue).Value();
        }

        session.Gates.OpenDue();
        List<TakenJob> claimed = [];
        var ready = ReadyLanes(session);
        var left = MostLookedAt;
        foreach (var lane in request.Lanes)
        {
            if (claimed.Count >= request.Count || left <= 0)
                break;
            if (session.Lanes.Find(lane.Queue, lane.Priority) is { } number && ready.Contains(number))
                left = TakeFrom(session, request, number, claimed, left);
        }

        // Only now is it known what waits for a moment to come.
        if (session.Gates.NextOpening is { } opening && !(nextDue < opening))
            nextDue = opening;
        if (claimed.Count == 0 && left <= 0)
            nextDue = session.Now;
        if (claimed.Count == 0)
            session.Effects.IdleUntil = nextDue ?? long.MaxValue;
        return new TakenJobs(claimed, nextDue is { } due ? TimeSpan.FromMilliseconds(Math.Max(0, due - session.Now)) : null);
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
        if (ready.Count == 0)
            return ready;
        foreach (var paused in session.Prepare(PausedQueues).Rows(static row => row.GetInt64(0)))
            ready.RemoveAll(lane => lane % LaneNumbers.QueueSpan == paused);
        return ready;
    }

    /// <param name="left">Jobs it may look at, about.</param>
    /// <returns>How many are left of these; none: there may be more in the lane that nobody looked at.</returns>
    static int TakeFrom(WriteSession session, ClaimRequest request, long lane, List<TakenJob> claimed, int left)
    {
        while (true)
        {
            var wanted = request.Count - claimed.Count;
            var rows = Look(session, request.Worker, lane, wanted);
            left -= rows.Count;
            foreach (var row in rows)
            {
                if (!MayStart(session, row))
                    continue;
                claimed.Add(row);
                row.TellRunning(session);
            }

            // Others take the places of those turned away.
            if (rows.Count < wanted || claimed.Count >= request.Count || left <= 0)
                return left;
        }
    }

    // Two statements, as SQLite would put aside each row that one UPDATE returns.
    static List<TakenJob> Look(WriteSession session, string worker, long lane, int count)
    {
        var stamp = session.NextNumber();
        var rows = session.Prepare(First).Rows(row => TakenJob.Read(row, stamp, session.Now), lane, (long)count);
        if (rows.Count > 0)
            session.Prepare(Take).Run(worker, stamp, session.Now, RowList.Of(rows, static row => row.Row));
        return rows;
    }

    // Whether a job taken may start. If not, it is where it belongs now.
    static bool MayStart(WriteSession session, TakenJob found)
    {
        if (found.ExpireAt <= session.Now)
        {
            ExpireJobs.End(session, found.Row, found.Envelope ?? session.ReadJob(found.Row));
            return false;
        }

        if (!found.MayHaveGates || found.Envelope is not { HasGates: true } job || session.Gates.Pass(job) is not { } shut)
            return true;
        var isToCancel = session.Prepare(TurnAway).Value(found.Row, shut) is 1L;
        session.Gates.TurnedAway(job, shut);
        // The end of one taken with it may have stopped its flow.
        if (isToCancel)
            SteerJobs.RunCancel(session, job.Id);
        return false;
    }
}
