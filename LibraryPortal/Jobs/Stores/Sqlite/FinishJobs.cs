namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 5 to 8 and 12: what a worker says became of the jobs it claimed. Every statement carries the fence: this worker, this stamp, still running.</summary>
internal static class FinishJobs
{
    const string Fence = "WHERE id = $1 AND state = 3 AND worker = $2 AND stamp = $3";

    static readonly Sql Close = new($"""
        UPDATE job SET state = $4, finished = $5, expires = $6, started = $7, result = $8, error = COALESCE($9, error), cursor = NULL,
          unique_key = NULL {Fence}
        """);

    static readonly Sql Rest = new($"""
        UPDATE job SET state = 1, due = $4, started = $5, error = COALESCE($6, error), pos = $7, attempt = attempt - $8, expire_at = NULL {Fence} AND cancel = 0
        """);

    static readonly Sql HandBack = new($"""
        UPDATE job SET state = 2, parked = $4, held = $5, attempt = attempt - 1, started = NULL, expire_at = CASE WHEN $6 THEN NULL ELSE expire_at END {Fence} AND cancel = 0
        """);

    static readonly Sql KeepProgress = new($"""
        UPDATE job SET progress_done = $4, progress_total = $5, progress_message = $6 {Fence}
        """);

    public static IReadOnlyList<bool> Run(WriteSession session, string worker, IReadOnlyList<JobOutcome> outcomes)
    {
        var accepted = new bool[outcomes.Count];
        var together = new SucceedTogether(session, worker, outcomes, accepted);
        together.Run();
        for (var i = 0; i < accepted.Length; i++)
        {
            if (!together.Took(i))
                accepted[i] = Record(session, worker, outcomes[i]);
        }

        return accepted;
    }

    public static bool WriteProgress(WriteSession session, string worker, JobId id, long stamp, JobProgress progress) =>
        session.Prepare(KeepProgress).Run(JobRow.Key(id), worker, stamp, progress.Done, progress.Total, progress.Message) > 0;

    static bool Record(WriteSession session, string worker, JobOutcome outcome)
    {
        if (outcome.Progress is { } progress)
            WriteProgress(session, worker, outcome.Job.Envelope.Id, outcome.Job.Stamp, progress);
        return outcome.Kind switch
        {
            OutcomeKind.Succeeded => End(session, worker, outcome, JobState.Succeeded),
            OutcomeKind.Failed => End(session, worker, outcome, JobState.Failed),
            OutcomeKind.Cancelled => End(session, worker, outcome, JobState.Cancelled),
            OutcomeKind.Retry or OutcomeKind.Snoozed => RestOrCancel(session, worker, outcome),
            OutcomeKind.Released => HandBackOrCancel(session, worker, outcome, parked: false),
            OutcomeKind.Parked => HandBackOrCancel(session, worker, outcome, parked: true),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "Not an outcome."),
        };
    }

    static bool End(WriteSession session, string worker, JobOutcome outcome, JobState state)
    {
        var job = outcome.Job.Envelope;
        var changed = session.Prepare(Close).Run(
            JobRow.Key(job.Id), worker, outcome.Job.Stamp, (long)state, session.Now, session.Flows.ExpiryOf(job),
            outcome.StartedAt.ToUnixTimeMilliseconds(), outcome.Result is { } result ? JobRow.Write(result) : null, outcome.Error);
        if (changed == 0)
            return false;
        session.Ended(job, state);
        return true;
    }

    static bool RestOrCancel(WriteSession session, string worker, JobOutcome outcome)
    {
        var job = outcome.Job.Envelope;
        var due = session.Now + (long)Math.Ceiling(outcome.RetryIn.TotalMilliseconds);
        var changed = session.Prepare(Rest).Run(
            JobRow.Key(job.Id), worker, outcome.Job.Stamp, due, outcome.StartedAt.ToUnixTimeMilliseconds(), outcome.Error, session.NextNumber(),
            outcome.Kind == OutcomeKind.Snoozed ? 1L : 0L);
        if (changed == 0)
            return End(session, worker, outcome, JobState.Cancelled);
        session.Effects.EarliestDue = Math.Min(session.Effects.EarliestDue, due);
        if (job.HasGates)
            session.Gates.Leave(job);
        session.Tell(job, JobState.Scheduled);
        return true;
    }

    // Its place in the lane is the one it was claimed from, so it is first again.
    static bool HandBackOrCancel(WriteSession session, string worker, JobOutcome outcome, bool parked)
    {
        var job = outcome.Job.Envelope;
        var changed = session.Prepare(HandBack).Run(
            JobRow.Key(job.Id), worker, outcome.Job.Stamp, parked ? 1L : 0L, parked ? ParkedName.Of(job) : null, !parked && outcome.StartedAt != default ? 1L : 0L);
        if (changed == 0)
            return End(session, worker, outcome, JobState.Cancelled);
        session.Effects.WorkArrived |= !parked;
        session.HandedBack(job);
        return true;
    }
}
