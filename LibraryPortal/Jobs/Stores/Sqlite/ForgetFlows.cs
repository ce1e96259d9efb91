namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Drops flows whose time is over, a few at a time. Their jobs go as all jobs do.</summary>
internal static class ForgetFlows
{
    static readonly Sql Over = new("SELECT key FROM flow WHERE expires <= $1 ORDER BY expires LIMIT 8");
    static readonly Sql ForgetFlow = new("DELETE FROM flow WHERE key = $1");
    static readonly Sql ForgetGates = new("DELETE FROM flow_gate WHERE flow = $1");
    static readonly Sql ForgetPlaces = new("DELETE FROM flow_job WHERE flow = $1");

    public static void Run(WriteSession session)
    {
        foreach (var flow in session.Prepare(Over).Rows(static row => row.GetInt64(0), session.Now))
        {
            session.Prepare(ForgetPlaces).Run(flow);
            session.Prepare(ForgetGates).Run(flow);
            session.Prepare(ForgetFlow).Run(flow);
        }
    }
}
