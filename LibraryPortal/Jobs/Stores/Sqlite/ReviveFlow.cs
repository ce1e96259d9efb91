using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transition 13 for jobs of flows: a replay takes the flow up where it stood.</summary>
internal sealed class ReviveFlow
{
    static readonly Sql FindFlow = new("SELECT key, policy, stop, finished IS NOT NULL, succeeded = total FROM flow WHERE id = $1");
    static readonly Sql Reopen = new("UPDATE flow SET stop = 0, finished = NULL, expires = NULL WHERE key = $1");
    static readonly Sql KeepJobs = new("UPDATE job SET expires = NULL WHERE id IN (SELECT id FROM flow_job WHERE flow = $1)");

    static readonly Sql Unsuccessful = new("""
        SELECT job.id FROM flow_job JOIN job ON job.id = flow_job.id WHERE flow_job.flow = $1 AND job.state > 4 ORDER BY flow_job.number
        """);

    static readonly Sql CancelledBehind = new("""
        SELECT job.id FROM flow_job JOIN job ON job.id = flow_job.id WHERE flow_job.flow = $1 AND flow_job.after = $2 AND job.state = 6 ORDER BY flow_job.number
        """);

    static readonly Sql FindJob = new("""
        SELECT job.seq, job.state, job.envelope, flow_job.counted, (SELECT open FROM flow_gate WHERE flow = flow_job.flow AND gate = flow_job.after)
        FROM job JOIN flow_job ON flow_job.id = job.id WHERE job.id = $1
        """);

    static readonly Sql Uncount = new("""
        UPDATE flow SET failed = failed - $2, cancelled = cancelled - $3 WHERE key = $1
        """);

    static readonly Sql UncountJob = new("UPDATE flow_job SET counted = 0 WHERE id = $1");
    static readonly Sql FindGate = new("SELECT open FROM flow_gate WHERE flow = $1 AND gate = $2");
    static readonly Sql CloseGate = new("UPDATE flow_gate SET waits = waits + 1, open = 0 WHERE flow = $1 AND gate = $2");

    readonly WriteSession _session;
    readonly long _flow;
    readonly Queue<byte[]> _toRevive = [];

    ReviveFlow(WriteSession session, long flow) => (_session, _flow) = (session, flow);

    /// <summary>Takes an ended flow up again.</summary>
    public static RetryReply Run(WriteSession session, FlowId id)
    {
        if (Find(session, id) is not { } flow)
            return RetryReply.Unknown;
        if (!flow.IsFinished || flow.AllSucceeded)
            return RetryReply.NotRetryable;
        var revival = new ReviveFlow(session, flow.Key);
        revival.TakeUp();
        foreach (var job in session.Prepare(Unsuccessful).Rows(static row => row.GetFieldValue<byte[]>(0), flow.Key))
            revival._toRevive.Enqueue(job);
        // One whose unique key was taken meanwhile stays as it is, with what waits for it, and counts as if it had ended just now.
        var all = revival.ReviveAll();
        if (!all && flow.Policy == FlowFailure.CancelRest)
            session.Flows.Stop(flow.Key, FlowStop.Failed);
        else
            session.Flows.OpenOverdue(flow.Key, someAreLeft: !all);
        session.Flows.CloseIfOver(flow.Key);
        return RetryReply.Queued;
    }

    /// <summary>Replays one job of a flow, or the whole flow where it was stopped.</summary>
    /// <returns>Null when the flow is no longer there.</returns>
    public static RetryReply? RunJob(WriteSession session, JobEnvelope job, long? due)
    {
        if (Find(session, job.Flow!.Flow) is not { } flow)
            return null;
        if (flow.Stop != FlowStop.None)
            return flow.IsFinished && !SteerJobs.IsTaken(session, job) ? Run(session, job.Flow.Flow) : RetryReply.NotRetryable;
        var revival = new ReviveFlow(session, flow.Key);
        if (!revival.Revive(JobRow.Key(job.Id), due))
            return RetryReply.NotRetryable;
        // What was cancelled because of it, as far as it can.
        revival.ReviveAll();
        if (flow.IsFinished)
            revival.TakeUp();
        return RetryReply.Queued;
    }

    static (long Key, FlowFailure Policy, FlowStop Stop, bool IsFinished, bool AllSucceeded)? Find(WriteSession session, FlowId id)
    {
        var found = session.Prepare(FindFlow).Rows(
            static row => (row.GetInt64(0), (FlowFailure)row.GetInt32(1), (FlowStop)row.GetInt32(2), row.GetBoolean(3), row.GetBoolean(4)), FlowRow.Key(id));
        return found.Count == 0 ? null : found[0];
    }

    void TakeUp()
    {
        _session.Prepare(Reopen).Run(_flow);
        _session.Prepare(KeepJobs).Run(_flow);
    }

    /// <returns>False when some could not be.</returns>
    bool ReviveAll()
    {
        var all = true;
        while (_toRevive.TryDequeue(out var id))
            all &= Revive(id, due: null);
        return all;
    }

    /// <returns>False when it could not be, and then nothing was done.</returns>
    bool Revive(byte[] id, long? due)
    {
        var (seq, was, job, counted, open) = _session.Prepare(FindJob).Rows(
            row => (row.GetInt64(0), (JobState)row.GetInt32(1), _session.ReadJob(row.GetInt64(0), row.GetFieldValue<byte[]>(2)), row.GetBoolean(3), row.GetInt64(4)), id)[0];
        if (!was.IsDead())
            return true;
        // None before it succeeded, and none of them begins anew: it would wait for ever.
        if (open == 2 || !SteerJobs.Replay(_session, seq, job, waits: open != 1, due))
            return false;
        _session.Prepare(Uncount).Run(_flow, was == JobState.Cancelled ? 0L : 1L, was == JobState.Cancelled ? 1L : 0L);
        if (counted)
            UncountAtGate(id, job.Flow!.Before);
        return true;
    }

    void UncountAtGate(byte[] id, int gate)
    {
        _session.Prepare(UncountJob).Run(id);
        var open = (long)_session.Prepare(FindGate).Value(_flow, (long)gate)!;
        // Open for good: what lies behind is on its way without this job.
        if (open == 1)
            return;
        _session.Prepare(CloseGate).Run(_flow, (long)gate);
        if (open == 2)
        {
            foreach (var behind in _session.Prepare(CancelledBehind).Rows(static row => row.GetFieldValue<byte[]>(0), _flow, (long)gate))
                _toRevive.Enqueue(behind);
        }
    }
}
