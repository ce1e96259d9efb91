namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Sets what limits allow, and pauses queues.</summary>
internal static class KeepLimits
{
    static readonly Sql Set = new("""
        INSERT INTO job_limit (name, operator, running, starts, period) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (name, operator) DO UPDATE SET running = excluded.running, starts = excluded.starts, period = excluded.period
        """);

    static readonly Sql Forget = new("DELETE FROM job_limit WHERE name = $1 AND operator = $2");
    static readonly Sql PauseQueue = new("UPDATE queue SET paused = $2 WHERE name = $1 AND paused IS NULL");
    static readonly Sql ResumeQueue = new("UPDATE queue SET paused = NULL WHERE name = $1 AND paused IS NOT NULL");

    // A worker of an earlier version does not say what it declares, and may declare any.
    static readonly Sql WithdrawDeclared = new("""
        DELETE FROM job_limit WHERE operator = 0 AND NOT EXISTS (SELECT 1 FROM worker WHERE limits IS NULL)
          AND name NOT IN (SELECT named.value FROM worker, json_each(worker.limits) AS named) RETURNING name
        """);

    /// <summary>Sets or forgets an operator's rule.</summary>
    public static bool SetLimit(WriteSession session, string name, LimitRule? rule)
    {
        if (rule is null)
            session.Prepare(Forget).Run(name, 1L);
        else
            SetRule(session, name, rule, operatorsOwn: 1);
        session.Gates.Open(Gates.OfLimit(name));
        return true;
    }

    /// <summary>Brings what a new worker declares into force, and what none declares any more out of it.</summary>
    public static void Declare(WriteSession session, IReadOnlyDictionary<string, LimitRule> limits)
    {
        foreach (var (name, rule) in limits)
        {
            SetRule(session, name, rule, operatorsOwn: 0);
            session.Gates.Open(Gates.OfLimit(name));
        }

        Withdraw(session);
    }

    /// <summary>Forgets the rules that no worker declares any more.</summary>
    public static void Withdraw(WriteSession session)
    {
        foreach (var name in session.Prepare(WithdrawDeclared).Rows(static row => row.GetString(0)))
            session.Gates.Open(Gates.OfLimit(name));
    }

    public static bool Pause(WriteSession session, string queue, bool paused)
    {
        if (paused)
        {
            session.Lanes.Of(queue, JobPriority.Normal);
            return session.Prepare(PauseQueue).Run(queue, session.Now) > 0;
        }

        session.Effects.WorkArrived = true;
        return session.Prepare(ResumeQueue).Run(queue) > 0;
    }

    static void SetRule(WriteSession session, string name, LimitRule rule, long operatorsOwn) => session.Prepare(Set).Run(
        name, operatorsOwn, (long?)rule.Running, (long?)rule.Starts, rule.Starts is null ? null : (long)Math.Ceiling(rule.Per.TotalMilliseconds));
}
