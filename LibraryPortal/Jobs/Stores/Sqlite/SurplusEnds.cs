namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Ended jobs past <see cref="EndedCaps"/>: found beside the writer, many at once, and forgotten by it in bites. Jobs of a flow stay for as long as their flow does.</summary>
internal sealed class SurplusEnds(SqliteReader reader, EndedCaps caps)
{
    const int MostFound = 10_000;
    const int UntoldTimes = 4;

    // Only the oldest so many are looked at: however many of them must stay, those that ended just now do too.
    static readonly Sql Oldest = new("""
        SELECT seq, finished FROM
          (SELECT seq, finished, history, id FROM job WHERE state >= 4 AND state = $1 ORDER BY finished, seq LIMIT $2) AS oldest
        WHERE (history <> 1 OR $3 = 1) AND NOT EXISTS (SELECT 1 FROM flow_job WHERE flow_job.id = oldest.id)
        ORDER BY finished, seq LIMIT $4
        """);

    // One that was replayed since it was found has no such end any more.
    static readonly Sql ForgetOne = new("DELETE FROM job WHERE seq = $1 AND finished = $2");

    readonly Lock _gate = new();
    readonly Queue<(long Row, long Ended)> _found = [];

    /// <summary>So many that may be forgotten; none when there are not too many of any state.</summary>
    public IReadOnlyList<(long Row, long Ended)> Next(int count)
    {
        lock (_gate)
        {
            if (_found.Count == 0)
                Look();
            List<(long Row, long Ended)> next = [];
            while (next.Count < count && _found.TryDequeue(out var one))
                next.Add(one);
            return next;
        }
    }

    /// <returns>How many were still there.</returns>
    public static int Forget(WriteSession session, IReadOnlyList<(long Row, long Ended)> jobs) =>
        jobs.Sum(job => session.Prepare(ForgetOne).Run(job.Row, job.Ended));

    void Look()
    {
        foreach (var (state, count) in reader.Count().ByState)
        {
            var most = state switch
            {
                JobState.Succeeded => caps.Succeeded,
                JobState.Failed or JobState.Quarantined or JobState.Cancelled or JobState.Expired => caps.Dead,
                _ => long.MaxValue,
            };
            if (count <= most)
                continue;
            var untoldToo = count > UntoldTimes * most;
            var surplus = count - (untoldToo ? UntoldTimes * most : most);
            var found = reader.Rows(
                Oldest, static row => (row.GetInt64(0), row.GetInt64(1)), (long)state, surplus, untoldToo ? 1L : 0L, (long)(MostFound - _found.Count));
            foreach (var one in found)
                _found.Enqueue(one);
        }
    }
}
