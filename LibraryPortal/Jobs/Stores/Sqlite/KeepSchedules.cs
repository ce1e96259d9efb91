namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Definitions written and deleted, each only over the revision its author has seen.</summary>
internal static class KeepSchedules
{
    static readonly Sql Insert = new(
        "INSERT INTO schedule (name, revision, definition, cursor, look_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");

    // Growing with the clock, so that one made anew never repeats a revision of the one before it.
    static readonly Sql Update = new("""
        UPDATE schedule SET revision = MAX(revision + 1, $3), definition = $4, look_at = $5,
          cursor = CASE WHEN $6 THEN $3 ELSE cursor END, waiting = CASE WHEN $6 THEN '' ELSE waiting END
        WHERE name = $1 AND revision = $2
        """);

    static readonly Sql Remove = new("DELETE FROM schedule WHERE name = $1 AND revision = $2");

    public static bool Save(WriteSession session, ScheduleWrite write)
    {
        // An active one is looked at at once; whoever looks works out when it is due.
        long? lookAt = write.IsActive ? session.Now : null;
        var definition = write.Definition.ToArray();
        var changed = write.Revision == 0
            ? session.Prepare(Insert).Run(write.Name, session.Now, definition, session.Now, lookAt)
            : session.Prepare(Update).Run(write.Name, write.Revision, session.Now, definition, lookAt, write.StartsAnew ? 1L : 0L);
        return Tell(session, changed);
    }

    public static bool Delete(WriteSession session, string name, long revision) => Tell(session, session.Prepare(Remove).Run(name, revision));

    static bool Tell(WriteSession session, int changed)
    {
        session.Effects.SchedulesChanged |= changed > 0;
        return changed > 0;
    }
}
