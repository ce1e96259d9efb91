namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transition 5 for many jobs of one claim at once: successes that leave nothing behind but that they ended take one statement instead of one each,
/// with the same fence. What it does not take is to be recorded one by one.</summary>
internal sealed class SucceedTogether(WriteSession session, string worker, IReadOnlyList<JobOutcome> outcomes, bool[] accepted)
{
    // For fewer, a statement each is no dearer.
    const int Fewest = 4;

    // The stamp is of no use to a job that has ended; that of this call tells which it ended. The plus signs keep SQLite from looking for the jobs by their worker.
    static readonly Sql Close = new("""
        UPDATE job SET state = 4, finished = $1, expires = $2, started = ended.value, cursor = NULL, stamp = $3
        FROM json_each($4) AS ended
        WHERE job.seq = CAST(ended.key AS INTEGER) AND +job.state = 3 AND +job.worker = $5 AND +job.stamp = $6
        """);

    static readonly Sql Closed = new("SELECT seq FROM job WHERE seq IN (SELECT CAST(key AS INTEGER) FROM json_each($1)) AND stamp = $2");

    readonly bool[] _took = new bool[accepted.Length];

    /// <summary>Whether this outcome is recorded.</summary>
    public bool Took(int outcome) => _took[outcome];

    public void Run()
    {
        foreach (var (kind, members) in Groups())
        {
            if (members.Count >= Fewest)
                End(kind.Stamp, kind.Ttl, members);
        }
    }

    static bool IsPlain(JobOutcome outcome) =>
        outcome is { Kind: OutcomeKind.Succeeded, Result: null, Progress: null, Job.Row: > 0, Job.Envelope: { UniqueKey: null, HasGates: false, Flow: null } };

    List<((long Stamp, TimeSpan Ttl) Kind, List<int> Members)> Groups()
    {
        List<((long Stamp, TimeSpan Ttl) Kind, List<int> Members)> groups = [];
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (!IsPlain(outcomes[i]))
                continue;
            var kind = (outcomes[i].Job.Stamp, outcomes[i].Job.Envelope.ResultTtl);
            // Mostly that of the one before.
            var group = groups.FindLastIndex(known => known.Kind == kind);
            if (group < 0)
            {
                group = groups.Count;
                groups.Add((kind, []));
            }

            groups[group].Members.Add(i);
        }

        return groups;
    }

    void End(long stamp, TimeSpan ttl, List<int> members)
    {
        var rows = RowList.Of(members, member => outcomes[member].Job.Row, member => outcomes[member].StartedAt.ToUnixTimeMilliseconds());
        var mark = session.NextNumber();
        var ended = session.Prepare(Close).Run(session.Now, session.Now + (long)ttl.TotalMilliseconds, mark, rows, worker, stamp);
        var which = ended == members.Count ? null : session.Prepare(Closed).Rows(static row => row.GetInt64(0), rows, mark).ToHashSet();
        foreach (var member in members)
        {
            var job = outcomes[member].Job;
            _took[member] = true;
            // Told twice in one call, it is ended once.
            accepted[member] = which is null || which.Remove(job.Row);
            if (accepted[member])
                session.Ended(job.Envelope, JobState.Succeeded);
        }
    }
}
