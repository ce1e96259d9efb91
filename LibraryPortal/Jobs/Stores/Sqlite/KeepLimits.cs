namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Sets what limits allow, and pauses queues.</summary>
internal static class KeepLimits
{
    static readonly Sql Set = new("""
        INSERT INTO job_limit (name, operator, running, starts, period) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (name, operator) DO UPDATE SET running = excluded.running, starts = excluded.starts, period = excluded.period
        """);

    static readonly Sql Forget = new("DELETE FROM job_limit WHERE name = $1 AND operator = $2");
    static readonly Sql AddQueue = new("INSERT INTO queue (name) VALUES ($1) ON CONFLICT DO NOTHING");
    static readonly Sql PauseQueue = new("UPDATE queue SET paused = $2 WHERE name = $1 AND paused IS NULL");
    static readonly Sql ResumeQueue = new("UPDATE queue SET paused = NULL WHERE name = $1 AND paused IS NOT NULL");

    public static bool SetLimit(WriteSession session, string name, LimitRule? rule, bool byOperator)
    {
        var who = byOperator ? 1L : 0L;
        if (rule is null)
            session.Prepare(Forget).Run(name, who);
        else
            session.Prepare(Set).Run(name, who, (long?)rule.Running, (long?)rule.Starts, rule.Starts is null ? null : (long)Math.Ceiling(rule.Per.TotalMilliseconds));
        session.Gates.Open(Gates.OfLimit(name));
        return true;
    }

    public static bool Pause(WriteSession session, string queue, bool paused)
    {
        session.Prepare(AddQueue).Run(queue);
        if (paused)
            return session.Prepare(PauseQueue).Run(queue, session.Now) > 0;
        session.Effects.WorkArrived = true;
        return session.Prepare(ResumeQueue).Run(queue) > 0;
    }
}
