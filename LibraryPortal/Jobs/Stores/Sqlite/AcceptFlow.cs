namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Transition 14: a whole flow → Waiting, its first jobs from there to Queued or Scheduled.</summary>
internal static class AcceptFlow
{
    static readonly Sql FindFlow = new("SELECT 1 FROM flow WHERE id = $1");
    static readonly Sql FindById = new("SELECT id FROM job WHERE id = $1");
    static readonly Sql FindByKey = new("SELECT id FROM job WHERE unique_key = $1");

    static readonly Sql InsertFlow = new("""
        INSERT INTO flow (id, name, owner, policy, accepted, ttl, total, shape) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING key
        """);

    static readonly Sql InsertGate = new("INSERT INTO flow_gate (flow, gate, waits, open) VALUES ($1, $2, $3, $4)");
    static readonly Sql InsertPlace = new("INSERT INTO flow_job (id, flow, number, after, before, place) VALUES ($1, $2, $3, $4, $5, $6)");

    static readonly Sql InsertJob = new(
        "INSERT INTO job (id, name, lane, state, pos, due, unique_key, envelope, history, expire_at) VALUES ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9)");

    /// <param name="envelopes">The plan's jobs as they are stored.</param>
    public static FlowReceipt Run(WriteSession session, FlowPlan plan, IReadOnlyList<byte[]> envelopes)
    {
        var id = FlowRow.Key(plan.Id);
        if (session.Prepare(FindFlow).Value(id) is not null)
            return new FlowReceipt(FlowAcceptance.Existing);
        foreach (var job in plan.Jobs)
        {
            if (session.Prepare(FindById).Value(JobRow.Key(job.Id)) is byte[] same)
                return new FlowReceipt(FlowAcceptance.Refused, JobRow.Id(same));
            if (job.UniqueKey is not null && session.Prepare(FindByKey).Value(job.UniqueKey) is byte[] holder)
                return new FlowReceipt(FlowAcceptance.Refused, JobRow.Id(holder));
        }

        var flow = (long)session.Prepare(InsertFlow).Value(
            id, plan.Name, plan.Owner, (long)plan.OnFailure, plan.AcceptedAt.ToUnixTimeMilliseconds(), (long)plan.ResultTtl.TotalMilliseconds,
            (long)plan.Jobs.Count, FlowRow.Write(plan.Shape))!;
        AddGates(session, plan, flow);
        AddJobs(session, plan, envelopes, flow);
        session.Flows.Begin(flow);
        return new FlowReceipt(FlowAcceptance.Accepted);
    }

    static void AddGates(WriteSession session, FlowPlan plan, long flow)
    {
        for (var gate = 0; gate < plan.Gates.Count; gate++)
            session.Prepare(InsertGate).Run(flow, (long)gate, (long)plan.Gates[gate].Waits, gate == FlowPlace.Start ? 1L : 0L);
    }

    static void AddJobs(WriteSession session, FlowPlan plan, IReadOnlyList<byte[]> envelopes, long flow)
    {
        var results = new long?[plan.Jobs.Count];
        foreach (var gate in plan.Gates)
        {
            for (var i = 0; i < gate.Results.Count; i++)
                results[gate.Results[i]] = i;
        }

        for (var i = 0; i < plan.Jobs.Count; i++)
        {
            var (job, place, key) = (plan.Jobs[i], plan.Jobs[i].Flow!, JobRow.Key(plan.Jobs[i].Id));
            session.Prepare(InsertJob).Run(
                key, job.Name, session.Lanes.Of(job.Queue, job.Priority), session.NextNumber(), job.DueAt?.ToUnixTimeMilliseconds(), job.UniqueKey, envelopes[i],
                job.KeepsHistory ? 1L : 0L, job.ExpiresAt?.ToUnixTimeMilliseconds());
            session.Prepare(InsertPlace).Run(key, flow, (long)i, (long)place.After, (long)place.Before, results[i]);
        }
    }
}
