using System.Globalization;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transition 13 for many jobs, with other arguments, and the end of what nobody wants any more.</summary>
internal static class SweepDead
{
    static readonly Sql Stretch = new("""
        SELECT seq, finished, error, envelope FROM job
        WHERE state = $1 AND finished >= $2 AND (finished, seq) > ($2, $3) AND finished < $4 ORDER BY finished, seq LIMIT $5
        """);

    static readonly Sql IsDead = new("SELECT 1 FROM job WHERE id = $1 AND finished = $2 AND state > 4");
    static readonly Sql IsLive = new("SELECT 1 FROM job WHERE id = $1 AND state < 4");
    static readonly Sql Rewrite = new("UPDATE job SET envelope = $2 WHERE id = $1 AND state < 4");
    static readonly Sql FindState = new("SELECT seq, state, envelope FROM job WHERE id = $1");
    static readonly Sql IsInFlow = new("SELECT 1 FROM flow_job WHERE id = $1");
    static readonly Sql Forget = new("DELETE FROM job WHERE seq = $1");

    public static DeadSweepReply Run(WriteSession session, DeadSweep sweep)
    {
        var from = Math.Max(sweep.After?.EndedMs ?? 0, sweep.Filter.From?.ToUnixTimeMilliseconds() ?? 0);
        var tie = sweep.After?.EndedMs == from ? long.Parse(sweep.After.Value.Tie, CultureInfo.InvariantCulture) : -1L;
        var rows = session.Prepare(Stretch).Rows(
            row => (Seq: row.GetInt64(0), Ended: row.GetInt64(1), Error: row.IsDBNull(2) ? null : row.GetString(2), Job: session.ReadJob(row.GetInt64(0), row.GetFieldValue<byte[]>(3))),
            (long)sweep.State, from, tie, sweep.Before.ToUnixTimeMilliseconds(), (long)sweep.Most);
        int matched = 0, changed = 0, refused = 0;
        foreach (var (seq, _, error, job) in rows)
        {
            if (!Matches(sweep.Filter, job, error))
                continue;
            matched++;
            if (sweep.Action == DeadAction.Count)
                continue;
            if (sweep.Action == DeadAction.Discard ? Discard(session, seq, job) : Retry(session, job, sweep.FirstDue + (sweep.Spacing * changed)))
                changed++;
            else
                refused++;
        }

        return new DeadSweepReply(matched, changed, refused, rows.Count < sweep.Most ? null : new DeadPosition(rows[^1].Ended, rows[^1].Seq.ToString(CultureInfo.InvariantCulture)));
    }

    public static RetryReply RunEdited(WriteSession session, JobEnvelope edited, byte[] envelope, DateTimeOffset endedAt)
    {
        var key = JobRow.Key(edited.Id);
        if (session.Prepare(IsDead).Value(key, endedAt.ToUnixTimeMilliseconds()) is null)
            return RetryReply.NotRetryable;
        var reply = SteerJobs.RunRetry(session, edited.Id);
        if (reply == RetryReply.Queued)
            session.Prepare(Rewrite).Run(key, envelope);
        return reply;
    }

    public static DiscardReply RunDiscard(WriteSession session, JobId id)
    {
        var found = session.Prepare(FindState).Rows(
            row => (Seq: row.GetInt64(0), State: (JobState)row.GetInt32(1), Job: session.ReadJob(row.GetInt64(0), row.GetFieldValue<byte[]>(2))), JobRow.Key(id));
        if (found.Count == 0)
            return DiscardReply.Unknown;
        if (found[0].State <= JobState.Succeeded)
            return DiscardReply.NotDead;
        return Discard(session, found[0].Seq, found[0].Job) ? DiscardReply.Discarded : DiscardReply.PartOfFlow;
    }

    // One before it, of the same flow, may have taken it up.
    static bool Retry(WriteSession session, JobEnvelope job, DateTimeOffset? due) =>
        SteerJobs.RunRetry(session, job.Id, due) == RetryReply.Queued || session.Prepare(IsLive).Value(JobRow.Key(job.Id)) is not null;

    static bool Discard(WriteSession session, long seq, JobEnvelope job)
    {
        if (session.Prepare(IsInFlow).Value(JobRow.Key(job.Id)) is not null)
            return false;
        // What was not told to the history yet is told still.
        TellHistory.KeepOutcome(session, seq);
        session.Prepare(Forget).Run(seq);
        return true;
    }

    static bool Matches(DeadFilter filter, JobEnvelope job, string? error) =>
        (filter.Name is null || job.Name == filter.Name)
        && (filter.Queue is null || job.Queue == filter.Queue)
        && (filter.Owner is null || job.Owner == filter.Owner)
        && (filter.Error is null || (error is not null && SmallLetters.Of(error).Contains(SmallLetters.Of(filter.Error), StringComparison.Ordinal)));
}
