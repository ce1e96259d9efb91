using LibraryPortal.Jobs.Inspection;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 11, 12 (the mark) and 13: what people ask of a job.</summary>
internal static class SteerJobs
{
    const int ConstraintViolated = 19;

    static readonly Sql Find = new("SELECT seq, state, envelope FROM job WHERE id = $1");
    static readonly Sql Cancel = new("UPDATE job SET state = 6, parked = 0, cancel = 1, finished = $2, expires = $3, unique_key = NULL WHERE seq = $1");
    static readonly Sql Mark = new("UPDATE job SET cancel = 1 WHERE seq = $1");

    static readonly Sql Replay = new("""
        UPDATE job SET state = 2, parked = 0, pos = $2, unique_key = $3, attempt = 0, crashes = 0, cancel = 0, due = NULL, worker = NULL, stamp = NULL, started = NULL,
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
                session.Prepare(Cancel).Run(found.Seq, session.Now, session.Now + (long)found.Job.ResultTtl.TotalMilliseconds);
                session.Tell(found.Job, JobState.Cancelled);
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

    public static RetryReply RunRetry(WriteSession session, JobId id)
    {
        if (Look(session, id) is not { } found)
            return RetryReply.Unknown;
        if (found.State is not (JobState.Failed or JobState.Quarantined or JobState.Cancelled or JobState.Expired))
            return RetryReply.NotRetryable;
        TellHistory.KeepOutcome(session, found.Seq);
        try
        {
            session.Prepare(Replay).Run(found.Seq, session.NextNumber(), found.Job.UniqueKey);
        }
        catch (SqliteException taken) when (taken.SqliteErrorCode == ConstraintViolated)
        {
            // Another job has its unique key now. SQLite undid the statement alone.
            return RetryReply.NotRetryable;
        }

        session.Effects.WorkArrived = true;
        session.Tell(found.Job, JobState.Queued);
        return RetryReply.Queued;
    }

    static (long Seq, JobState State, JobEnvelope Job)? Look(WriteSession session, JobId id)
    {
        var rows = session.Prepare(Find).Rows(
            static row => (row.GetInt64(0), (JobState)row.GetInt32(1), EnvelopeCodec.Read(row.GetFieldValue<byte[]>(2))), JobRow.Key(id));
        return rows.Count == 0 ? null : rows[0];
    }
}
