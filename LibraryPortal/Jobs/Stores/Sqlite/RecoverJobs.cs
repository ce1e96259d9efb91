using System.Text.Json;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 8, 9, 10 and 12 for a worker that is gone: its jobs go back to the head of their lanes, or end.</summary>
internal static class RecoverJobs
{
    static readonly Sql SetBack = new("UPDATE worker SET last_beat = $1 WHERE last_beat > $2");
    static readonly Sql Silent = new("SELECT id FROM worker WHERE last_beat < $1");
    static readonly Sql Forget = new("DELETE FROM worker WHERE id = $1 RETURNING queues");
    static readonly Sql WaitingIn = new("SELECT id FROM job WHERE state = 2 AND parked = 0 AND lane = $1");
    static readonly Sql Owned = new("SELECT seq, crashes, envelope FROM job WHERE state = 3 AND worker = $1 ORDER BY pos");
    static readonly Sql IsToCancel = new("SELECT cancel FROM job WHERE seq = $1");
    static readonly Sql HandBack = new("UPDATE job SET state = 2, attempt = attempt - 1, crashes = $2, started = NULL, expire_at = NULL WHERE seq = $1");

    static readonly Sql End = new("""
        UPDATE job SET state = $2, attempt = attempt - 1, crashes = $3, finished = $4, expires = $5, cursor = NULL, error = COALESCE($6, error), unique_key = NULL WHERE seq = $1
        """);

    /// <summary>Takes in the jobs of every worker that has been silent too long, and ends jobs that have not started by their expiry.</summary>
    public static IReadOnlyList<JobId> Reap(WriteSession session, TimeSpan silence, int quarantineAfter)
    {
        ExpireJobs.Run(session);
        List<JobId> recovered = [];
        var (now, longest) = (session.Now, (long)silence.TotalMilliseconds);
        var mayJudge = session.Watch.MayJudge(now, longest);
        // The clock was set back. Whoever lives beats by the new time; of who died it must not take as long to find out.
        session.Prepare(SetBack).Run(now, now + longest);
        if (!mayJudge)
            return recovered;
        foreach (var worker in session.Prepare(Silent).Rows(static row => row.GetString(0), now - longest))
            TakeOver(session, worker, crash: 1, quarantineAfter, recovered);
        return recovered;
    }

    /// <summary>Takes in the jobs of a worker that says goodbye.</summary>
    public static bool Leave(WriteSession session, string worker)
    {
        TakeOver(session, worker, crash: 0, quarantineAfter: int.MaxValue, []);
        return true;
    }

    static void TakeOver(WriteSession session, string worker, int crash, int quarantineAfter, List<JobId> recovered)
    {
        var owned = session.Prepare(Owned).Rows(
            row => (Seq: row.GetInt64(0), Crashes: row.GetInt32(1), Job: session.ReadJob(row.GetInt64(0), row.GetFieldValue<byte[]>(2))), worker);
        foreach (var (seq, crashes, job) in owned)
        {
            // Not read with the others: the end of one may have stopped the flow of the next.
            var cancel = session.Prepare(IsToCancel).Value(seq) is 1L;
            var counted = crashes + crash;
            var end = cancel ? JobState.Cancelled : counted >= quarantineAfter ? JobState.Quarantined : (JobState?)null;
            if (end is { } state)
            {
                var error = state == JobState.Quarantined ? $"Its worker died under it {counted} times." : null;
                session.Prepare(End).Run(seq, (long)state, (long)counted, session.Now, session.Flows.ExpiryOf(job), error);
            }
            else
            {
                session.Prepare(HandBack).Run(seq, (long)counted);
                session.Effects.WorkArrived = true;
            }

            if (end is { } ended)
                session.Ended(job, ended);
            else
                session.HandedBack(job);
            if (!OwnQueue.Is(job.Queue))
                recovered.Add(job.Id);
        }

        if (session.Prepare(Forget).Value(worker) is string queues)
            CloseOwnQueues(session, queues);
    }

    static void CloseOwnQueues(WriteSession session, string queues)
    {
        foreach (var queue in JsonSerializer.Deserialize<string[]>(queues)!.Where(OwnQueue.Is))
        {
            if (session.Lanes.Find(queue, JobPriority.Critical) is not { } lane)
                continue;
            foreach (var id in session.Prepare(WaitingIn).Rows(static row => JobRow.Id(row.GetFieldValue<byte[]>(0)), lane))
                SteerJobs.RunCancel(session, id);
            session.Lanes.Drop(queue);
        }
    }
}
