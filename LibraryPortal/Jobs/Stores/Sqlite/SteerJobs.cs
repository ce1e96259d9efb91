using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 11, 12 (the mark) and 13: what people ask of a job.</summary>
internal static class SteerJobs
{
    static readonly Sql Find = new("SELECT seq, state, envelope FROM job WHERE id = $1");
    static readonly Sql Cancel = new("UPDATE job SET state = 6, parked = 0, held = NULL, cursor = NULL, expire_at = NULL, cancel = 1, finished = $2, expires = $3, unique_key = NULL WHERE seq = $1");
    static readonly Sql FindByKey = new("SELECT 1 FROM job WHERE unique_key = $1");
    static readonly Sql Mark = new("UPDATE job SET cancel = 1 WHERE seq = $1");

    static readonly Sql Revive = new("""
        UPDATE job SET state = $4, parked = 0, pos = $2, unique_key = $3, attempt = 0, crashes = 0, cancel = 0, due = $5, held = NULL, expire_at = NULL, worker = NULL, stamp = NULL, started = NULL,
          finished = NULL, expires = NULL, history = MIN(history, 1), result = NULL, progress_done = NULL, progress_total = NULL, progress_message = NULL
        WHERE seq = $1
        """);

    public static CancelReply RunCancel(WriteSession session, JobId id)
    {
        if (Look(session, id) is not { } found)
            return CancelReply.Unknown;
        switch (found.State)
        {
            case JobState.Waiting or JobState.Scheduled or JobState.Queued:
                session.Prepare(Cancel).Run(found.Seq, session.Now, session.Flows.ExpiryOf(found.Job));
                session.Ended(found.Job, JobState.Cancelled);
                return CancelReply.Cancelled;
            case JobState.Running:
                session.Prepare(Mark).Run(found.Seq);
                session.Effects.CommandArrived = true;
                session.Tell(found.Job, JobState.Running);
                return CancelReply.Requested;
            default:
                return CancelReply.AlreadyFinal;
        }
    }

    public static RetryReply RunRetry(WriteSession session, JobId id, DateTimeOffset? notBefore = null)
    {
        if (Look(session, id) is not { } found)
            return RetryReply.Unknown;
        if (!found.State.IsDead())
            return RetryReply.NotRetryable;
        var due = notBefore is { } first ? (long?)Math.Ceiling((first - DateTimeOffset.UnixEpoch).TotalMilliseconds) : null;
        if (found.Job.Flow is not null && ReviveFlow.RunJob(session, found.Job, due) is { } reply)
            return reply;
        return Replay(session, found.Seq, found.Job, waits: false, due) ? RetryReply.Queued : RetryReply.NotRetryable;
    }

    /// <summary>Whether another job has the unique key of one that has ended.</summary>
    public static bool IsTaken(WriteSession session, JobEnvelope job) => job.UniqueKey is not null && session.Prepare(FindByKey).Value(job.UniqueKey) is not null;

    /// <summary>Lets an ended job begin anew.</summary>
    /// <param name="waits">Whether it waits at a gate of its flow.</param>
    /// <param name="due">Not before this moment, in ms; null: at once, its own due time being over.</param>
    /// <returns>False when another job has its unique key, or its queue was one worker's own, and then nothing was done.</returns>
    public static bool Replay(WriteSession session, long seq, JobEnvelope job, bool waits, long? due)
    {
        if (IsTaken(session, job) || OwnQueue.Is(job.Queue))
            return false;
        var isDue = due is null || due <= session.Now;
        var state = waits ? JobState.Waiting : isDue ? JobState.Queued : JobState.Scheduled;
        TellHistory.KeepOutcome(session, seq);
        session.Prepare(Revive).Run(seq, session.NextNumber(), job.UniqueKey, (long)state, isDue ? null : due);
        if (state == JobState.Queued)
            session.Effects.WorkArrived = true;
        else if (state == JobState.Scheduled)
            session.Effects.EarliestDue = Math.Min(session.Effects.EarliestDue, due!.Value);
        session.Tell(job, state);
        return true;
    }

    static (long Seq, JobState State, JobEnvelope Job)? Look(WriteSession session, JobId id)
    {
        var rows = session.Prepare(Find).Rows(
            row => (row.GetInt64(0), (JobState)row.GetInt32(1), session.ReadJob(row.GetInt64(0), row.GetFieldValue<byte[]>(2))), JobRow.Key(id));
        return rows.Count == 0 ? null : rows[0];
    }
}
