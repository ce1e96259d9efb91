namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transitions 11 and 12 for a whole flow.</summary>
internal static class CancelFlow
{
    static readonly Sql Find = new("SELECT key, finished IS NOT NULL FROM flow WHERE id = $1");
    static readonly Sql IsOver = new("SELECT 1 FROM flow WHERE key = $1 AND finished IS NOT NULL");

    public static CancelReply Run(WriteSession session, FlowId id)
    {
        var found = session.Prepare(Find).Rows(static row => (Key: row.GetInt64(0), IsFinished: row.GetBoolean(1)), FlowRow.Key(id));
        if (found.Count == 0)
            return CancelReply.Unknown;
        if (found[0].IsFinished)
            return CancelReply.AlreadyFinal;
        session.Flows.Stop(found[0].Key, FlowStop.Cancelled);
        return session.Prepare(IsOver).Value(found[0].Key) is null ? CancelReply.Requested : CancelReply.Cancelled;
    }
}
