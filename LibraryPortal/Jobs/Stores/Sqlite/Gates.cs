namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What decides beside a free slot whether a job may start: serial keys and limits by name. Who is through a gate holds a place until its run is over;
/// who is not waits outside its lane (parked 2) with the place it had, and comes back when there is room. Used by the writer's thread only.</summary>
internal sealed class Gates(WriteSession session)
{
    // Bounds one transaction; what is left is looked at with the next claim.
    const long MostOpened = 1_000;

    static readonly Sql Rule = new("SELECT running, starts, period FROM job_limit WHERE name = $1 ORDER BY operator DESC LIMIT 1");
    static readonly Sql Holders = new("SELECT COUNT(*) FROM gate_holder WHERE gate = $1");
    static readonly Sql Hold = new("INSERT INTO gate_holder (gate, job) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    static readonly Sql FreeAll = new("DELETE FROM gate_holder WHERE job = $1");
    static readonly Sql AllWaitedAt = new("SELECT DISTINCT held FROM job WHERE state = 2 AND parked = 2");
    static readonly Sql Free = new("DELETE FROM gate_holder WHERE gate = $1 AND job = $2");

    // One in the future was written while the clock was wrong.
    static readonly Sql ForgetStarts = new("DELETE FROM gate_start WHERE gate = $1 AND (at <= $2 OR at > $3)");

    // A declared rule comes back when the operator's before it goes.
    static readonly Sql Periods = new("SELECT name, MAX(period) FROM job_limit WHERE period IS NOT NULL GROUP BY name");

    // Gate by gate, as the index goes, and not over all starts there are.
    static readonly Sql ForgetOldStarts = new("""
        DELETE FROM gate_start WHERE at <= $1 AND gate IN (
          WITH RECURSIVE known (gate) AS (
            SELECT MIN(gate) FROM gate_start
            UNION ALL SELECT (SELECT MIN(gate) FROM gate_start WHERE gate > known.gate) FROM known WHERE known.gate IS NOT NULL)
          SELECT gate FROM known)
        """);

    static readonly Sql Starts = new("SELECT COUNT(*) FROM gate_start WHERE gate = $1");
    static readonly Sql NthStart = new("SELECT at FROM gate_start WHERE gate = $1 ORDER BY at, seq LIMIT 1 OFFSET $2");
    static readonly Sql Start = new("INSERT INTO gate_start (gate, at) VALUES ($1, $2)");

    static readonly Sql AnyOpening = new("SELECT MIN(at) FROM gate_opening");
    static readonly Sql DueOpenings = new("DELETE FROM gate_opening WHERE at <= $1 RETURNING gate");
    static readonly Sql OpenAt = new("INSERT INTO gate_opening (gate, at) VALUES ($1, $2) ON CONFLICT (gate) DO UPDATE SET at = excluded.at");

    static readonly Sql WaitingLanes = new("SELECT DISTINCT lane FROM job WHERE state = 2 AND parked = 2 AND held = $1");
    static readonly Sql LetBack = new("""
        UPDATE job SET parked = 0, held = NULL
        WHERE seq IN (SELECT seq FROM job WHERE state = 2 AND parked = 2 AND held = $1 AND lane = $2 ORDER BY pos LIMIT $3)
        """);

    /// <summary>Opens the gates whose period lets the next one through.</summary>
    /// <returns>When to look again, in ms; null: there is nothing to look for.</returns>
    public long? OpenDue()
    {
        var next = (long?)session.Prepare(AnyOpening).Value();
        if (next > session.Now || next is null)
            return next;
        foreach (var gate in session.Prepare(DueOpenings).Rows(static row => row.GetString(0), session.Now))
            Open(gate);
        return NextOpening;
    }

    /// <summary>When a gate opens next by its period, in ms; null when jobs wait at none of these.</summary>
    public long? NextOpening => (long?)session.Prepare(AnyOpening).Value();

    /// <summary>Lets a job through all of its gates.</summary>
    /// <returns>The gate that is shut; null when it is through.</returns>
    public string? Pass(JobEnvelope job)
    {
        var gates = Of(job);
        foreach (var gate in gates)
        {
            if (RoomAt(gate).Room <= 0)
                return gate;
        }

        foreach (var gate in gates)
        {
            session.Prepare(Hold).Run(gate, JobRow.Key(job.Id));
            if (RuleOf(gate).Starts is null)
                continue;
            session.Prepare(Start).Run(gate, session.Now);
            LookAgain(gate, RoomAt(gate).OpensAt);
        }

        return null;
    }

    /// <summary>A job was turned away by one gate, and stands no longer in its lane for a place at the others.</summary>
    public void TurnedAway(JobEnvelope job, string shut)
    {
        LookAgain(shut, RoomAt(shut).OpensAt);
        foreach (var gate in Of(job))
        {
            if (gate != shut)
                Open(gate);
        }
    }

    /// <summary>A run is over, or a job that stood in its lane will not run: others may take its places.</summary>
    public void Leave(JobEnvelope job)
    {
        foreach (var gate in Of(job))
        {
            session.Prepare(Free).Run(gate, JobRow.Key(job.Id));
            Open(gate);
        }
    }

    /// <summary>The same for a job of which nobody can read what gates it has.</summary>
    public void LeaveAll(JobId job)
    {
        session.Prepare(FreeAll).Run(JobRow.Key(job));
        foreach (var gate in session.Prepare(AllWaitedAt).Rows(static row => row.GetString(0)))
            Open(gate);
    }

    /// <summary>Puts as many back into their lanes as the gate lets through, of every lane that some came from: which lane gets the places is for the claims to say.</summary>
    public void Open(string gate)
    {
        var lanes = session.Prepare(WaitingLanes).Rows(static row => row.GetInt64(0), gate);
        if (lanes.Count == 0)
            return;
        var (room, opensAt) = RoomAt(gate);
        if (room <= 0)
        {
            LookAgain(gate, opensAt);
            return;
        }

        foreach (var lane in lanes)
            session.Prepare(LetBack).Run(gate, lane, Math.Min(room, MostOpened));
        if (room > MostOpened)
            LookAgain(gate, session.Now);
        session.Effects.WorkArrived = true;
    }

    /// <summary>Forgets starts that no rule of their limit, in force or behind an operator's, can count any more; a job that passes meanwhile forgets by the rule in force alone. Those of a limit without one stay for the longest period there is: it may have a rule again.</summary>
    public void Prune()
    {
        foreach (var (name, period) in session.Prepare(Periods).Rows(static row => (row.GetString(0), row.GetInt64(1))))
            session.Prepare(ForgetStarts).Run(OfLimit(name), session.Now - period, session.Now + period);
        session.Prepare(ForgetOldStarts).Run(session.Now - (long)LimitRule.LongestPeriod.TotalMilliseconds);
    }

    public static string OfLimit(string name) => "c" + name;

    static List<string> Of(JobEnvelope job)
    {
        List<string> gates = new(job.Limits.Count + 1);
        if (job.SerialKey is { } key)
            gates.Add("s" + key);
        foreach (var name in job.Limits)
            gates.Add(OfLimit(name));
        return gates;
    }

    (long? Running, long? Starts, long? Period) RuleOf(string gate)
    {
        if (gate[0] == 's')
            return (1, null, null);
        var rules = session.Prepare(Rule).Rows(static row => (Number(row, 0), Number(row, 1), Number(row, 2)), gate[1..]);
        return rules.Count == 0 ? default : rules[0];
    }

    (long Room, long? OpensAt) RoomAt(string gate)
    {
        var (running, starts, period) = RuleOf(gate);
        var room = running is { } most ? most - (long)session.Prepare(Holders).Value(gate)! : long.MaxValue;
        if (starts is not { } limit || period is not { } span)
            return (room, null);
        session.Prepare(ForgetStarts).Run(gate, session.Now - span, session.Now + span);
        var counted = (long)session.Prepare(Starts).Value(gate)!;
        var opensAt = counted < limit ? (long?)null : (long)session.Prepare(NthStart).Value(gate, counted - limit)! + span;
        return (Math.Min(room, limit - counted), opensAt);
    }

    void LookAgain(string gate, long? at)
    {
        if (at is { } moment)
            session.Prepare(OpenAt).Run(gate, moment);
    }

    static long? Number(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
