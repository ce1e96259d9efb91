namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transition 15, and what else follows from the end of a job of a flow, in the transaction in which it ended: it is counted, the gate it was
/// the last for opens, or the rest is cancelled. One per session.</summary>
internal sealed class FlowAdvance(WriteSession session)
{
    static readonly Sql Count = new("""
        UPDATE flow SET succeeded = succeeded + $2, failed = failed + $3, cancelled = cancelled + $4
        WHERE id = $1 RETURNING key, policy, stop, total - succeeded - failed - cancelled
        """);

    static readonly Sql MarkCounted = new("UPDATE flow_job SET counted = 1 WHERE id = $1 AND counted = 0");
    static readonly Sql CountAtGate = new("UPDATE flow_gate SET waits = waits - 1, succeeded = succeeded + $3 WHERE flow = $1 AND gate = $2 RETURNING waits, succeeded, open");
    static readonly Sql HasPassed = new("SELECT 1 FROM flow_gate WHERE flow = $1 AND gate = $2 AND open > 0");

    static readonly Sql EndedBehind = new("""
        SELECT job.id, flow_job.before FROM flow_job JOIN job ON job.id = flow_job.id
        WHERE flow_job.flow = $1 AND flow_job.after = $2 AND flow_job.counted = 0 AND job.state > 4 ORDER BY flow_job.number
        """);

    static readonly Sql Passed = new("SELECT gate FROM flow_gate WHERE flow = $1 AND open > 0");
    static readonly Sql Overdue = new("SELECT gate, succeeded FROM flow_gate WHERE flow = $1 AND open = 0 AND waits = 0");
    static readonly Sql SetGate = new("UPDATE flow_gate SET open = $3 WHERE flow = $1 AND gate = $2");

    static readonly Sql Behind = new("""
        SELECT job.seq, job.id, job.due, job.envelope FROM flow_job JOIN job ON job.id = flow_job.id
        WHERE flow_job.flow = $1 AND flow_job.after = $2 AND job.state = 0 ORDER BY flow_job.number
        """);

    static readonly Sql Release = new("UPDATE job SET state = $2, pos = $3 WHERE seq = $1");
    static readonly Sql SetStop = new("UPDATE flow SET stop = $2 WHERE key = $1");

    static readonly Sql NotEnded = new("""
        SELECT job.id FROM flow_job JOIN job ON job.id = flow_job.id WHERE flow_job.flow = $1 AND job.state < 4 AND job.cancel = 0 ORDER BY flow_job.number DESC
        """);

    static readonly Sql Left = new("SELECT total - succeeded - failed - cancelled FROM flow WHERE key = $1");
    static readonly Sql Close = new("UPDATE flow SET finished = $2, expires = $2 + ttl WHERE key = $1 RETURNING expires");
    static readonly Sql KeepJobsUntil = new("UPDATE job SET expires = $2 WHERE id IN (SELECT id FROM flow_job WHERE flow = $1) AND state >= 4");
    static readonly Sql KeepJobUntil = new("UPDATE job SET expires = $2 WHERE id = $1");

    readonly Queue<(JobEnvelope Job, JobState State)> _ended = [];
    readonly Queue<(long Flow, int Gate, byte[] Job)> _early = [];
    bool _isAdvancing;

    /// <summary>When the record of a job that ends now is over. A job of a flow stays for as long as its flow does, whose end is not known yet.</summary>
    public long? ExpiryOf(JobEnvelope job) => job.Flow is null ? session.Now + (long)job.ResultTtl.TotalMilliseconds : null;

    /// <summary>Lets the first jobs of a new flow go.</summary>
    public void Begin(long flow)
    {
        LetGo(flow, FlowPlace.Start);
        CloseIfOver(flow);
    }

    /// <summary>A job has ended. To be called once for each end, whatever caused it.</summary>
    public void Ended(JobEnvelope job, JobState state)
    {
        if (job.Flow is null)
            return;
        _ended.Enqueue((job, state));
        GoOn();
    }

    /// <summary>Opens what nothing is waited for any more: gates whose last job succeeded while the flow was stopped.</summary>
    /// <param name="someAreLeft">Whether jobs could not begin anew: their ends, which did not count while the flow was being stopped, do from now on.</param>
    public void OpenOverdue(long flow, bool someAreLeft)
    {
        foreach (var gate in someAreLeft ? session.Prepare(Passed).Rows(static row => row.GetInt32(0), flow) : [])
            CountEnded(flow, gate);
        foreach (var (gate, succeeded) in session.Prepare(Overdue).Rows(static row => (row.GetInt32(0), row.GetInt64(1)), flow))
            Open(flow, gate, succeeded);
        GoOn();
    }

    /// <summary>Cancels what has not ended. From now on no gate opens.</summary>
    public void Stop(long flow, FlowStop why)
    {
        session.Prepare(SetStop).Run(flow, (long)why);
        // From the end backwards: nothing is let go to be cancelled right after.
        foreach (var id in session.Prepare(NotEnded).Rows(static row => row.GetFieldValue<byte[]>(0), flow))
            SteerJobs.RunCancel(session, JobRow.Id(id));
    }

    void GoOn()
    {
        if (_isAdvancing)
            return;
        _isAdvancing = true;
        try
        {
            // Not by calling itself: a chain that is cancelled may be long.
            while (true)
            {
                if (_ended.TryDequeue(out var next))
                    Advance(next.Job, next.State);
                else if (_early.TryDequeue(out var early))
                    PassGate(early.Flow, early.Gate, early.Job, ok: false, mayOpen: true);
                else
                    return;
            }
        }
        finally
        {
            _isAdvancing = false;
            _ended.Clear();
            _early.Clear();
        }
    }

    void Advance(JobEnvelope job, JobState state)
    {
        var (place, ok) = (job.Flow!, state == JobState.Succeeded);
        var found = session.Prepare(Count).Rows(
            static row => (Key: row.GetInt64(0), Policy: (FlowFailure)row.GetInt32(1), Stop: (FlowStop)row.GetInt32(2), Left: row.GetInt64(3)),
            FlowRow.Key(place.Flow), ok ? 1L : 0L, !ok && state != JobState.Cancelled ? 1L : 0L, state == JobState.Cancelled ? 1L : 0L);
        if (found.Count == 0)
        {
            // The flow is long over: the job is one of its own now.
            session.Prepare(KeepJobUntil).Run(JobRow.Key(job.Id), session.Now + (long)job.ResultTtl.TotalMilliseconds);
            return;
        }

        var (flow, policy, stop, left) = found[0];
        // One that ended before its turn counts once that has come: what it was to wait for is still to end.
        if (ok || (policy == FlowFailure.GoOn && stop == FlowStop.None && session.Prepare(HasPassed).Value(flow, (long)place.After) is not null))
            PassGate(flow, place.Before, JobRow.Key(job.Id), ok, mayOpen: stop == FlowStop.None);
        else if (policy == FlowFailure.CancelRest && stop == FlowStop.None)
            Stop(flow, state == JobState.Cancelled ? FlowStop.Cancelled : FlowStop.Failed);

        CloseIfOver(flow, left);
    }

    void PassGate(long flow, int gate, byte[] job, bool ok, bool mayOpen)
    {
        if (session.Prepare(MarkCounted).Run(job) == 0)
            return;
        var (waits, succeeded, open) = session.Prepare(CountAtGate).Rows(
            static row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), flow, (long)gate, ok ? 1L : 0L)[0];
        if (waits == 0 && open == 0 && mayOpen)
            Open(flow, gate, succeeded);
    }

    void Open(long flow, int gate, long succeeded)
    {
        session.Prepare(SetGate).Run(flow, (long)gate, succeeded > 0 ? 1L : 2L);
        CountEnded(flow, gate);
        if (succeeded > 0)
            LetGo(flow, gate);
        else
            CancelBehind(flow, gate);
    }

    void CountEnded(long flow, int gate)
    {
        foreach (var (job, before) in session.Prepare(EndedBehind).Rows(static row => (row.GetFieldValue<byte[]>(0), row.GetInt32(1)), flow, (long)gate))
            _early.Enqueue((flow, before, job));
    }

    void LetGo(long flow, int gate)
    {
        foreach (var (seq, _, due, envelope) in Waiting(flow, gate))
        {
            var state = due > session.Now ? JobState.Scheduled : JobState.Queued;
            session.Prepare(Release).Run(seq, (long)state, session.NextNumber());
            if (state == JobState.Queued)
                session.Effects.WorkArrived = true;
            else
                session.Effects.EarliestDue = Math.Min(session.Effects.EarliestDue, due!.Value);
            session.Tell(envelope, state);
        }
    }

    void CancelBehind(long flow, int gate)
    {
        foreach (var (_, id, _, _) in Waiting(flow, gate))
            SteerJobs.RunCancel(session, JobRow.Id(id));
    }

    List<(long Seq, byte[] Id, long? Due, byte[] Envelope)> Waiting(long flow, int gate) => session.Prepare(Behind).Rows(
        static row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.IsDBNull(2) ? (long?)null : row.GetInt64(2), row.GetFieldValue<byte[]>(3)), flow, (long)gate);

    /// <summary>Ends a flow that was taken up in vain: nothing of it could begin anew.</summary>
    public void CloseIfOver(long flow) => CloseIfOver(flow, (long)session.Prepare(Left).Value(flow)!);

    void CloseIfOver(long flow, long left)
    {
        if (left > 0)
            return;
        var expires = (long)session.Prepare(Close).Value(flow, session.Now)!;
        session.Prepare(KeepJobsUntil).Run(flow, expires);
    }
}
