namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Drops flows whose time is over, and the oldest that ended past how many are kept. Their jobs go as all jobs do.</summary>
internal static class ForgetFlows
{
    static readonly Sql Over = new("SELECT key FROM flow WHERE expires <= $1 ORDER BY expires LIMIT $2");
    static readonly Sql Surplus = new("SELECT key FROM flow WHERE finished IS NOT NULL ORDER BY finished DESC, key DESC LIMIT $2 OFFSET $1");
    static readonly Sql ForgetFlow = new("DELETE FROM flow WHERE key = $1");
    static readonly Sql ForgetGates = new("DELETE FROM flow_gate WHERE flow = $1");
    static readonly Sql ForgetPlaces = new("DELETE FROM flow_job WHERE flow = $1");

    /// <param name="limit">Rows to drop, about: a flow has one of its own and one for each of its jobs and gates, and goes whole.</param>
    /// <param name="keep">Flows that have ended to be kept at most.</param>
    /// <returns>Rows dropped; below the limit, nothing is left that is over.</returns>
    public static int Run(WriteSession session, int limit, int keep)
    {
        var dropped = Forget(session, session.Prepare(Over).Rows(static row => row.GetInt64(0), session.Now, (long)limit), limit);
        return dropped < limit ? dropped + Forget(session, session.Prepare(Surplus).Rows(static row => row.GetInt64(0), (long)keep, (long)limit), limit - dropped) : dropped;
    }

    static int Forget(WriteSession session, List<long> flows, int limit)
    {
        var dropped = 0;
        foreach (var flow in flows)
        {
            if (dropped >= limit)
                break;
            dropped += session.Prepare(ForgetPlaces).Run(flow) + session.Prepare(ForgetGates).Run(flow) + session.Prepare(ForgetFlow).Run(flow);
        }

        return dropped;
    }
}
