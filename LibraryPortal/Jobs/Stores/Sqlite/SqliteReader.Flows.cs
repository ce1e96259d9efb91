using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>What there is to read of flows.</summary>
internal sealed partial class SqliteReader
{
    static readonly Sql OneFlow = new($"SELECT {FlowRow.Columns} FROM flow WHERE id = $1 AND (expires IS NULL OR expires > $2)");
    static readonly Sql ShapeOfFlow = new("SELECT shape FROM flow WHERE id = $1 AND (expires IS NULL OR expires > $2)");
    static readonly Sql RunningFlows = new($"SELECT {FlowRow.Columns} FROM flow WHERE finished IS NULL ORDER BY accepted DESC, key DESC LIMIT $2 OFFSET $1");
    static readonly Sql EndedFlows = new($"SELECT {FlowRow.Columns} FROM flow WHERE finished IS NOT NULL ORDER BY finished DESC, key DESC LIMIT $2 OFFSET $1");
    static readonly Sql CountFlows = new("SELECT COUNT(*) FROM flow WHERE (finished IS NOT NULL) = $1");

    static readonly Sql JobsOfFlow = new($"""
        SELECT {JobRow.Columns}, flow_job.number AS flow_number FROM flow_job JOIN job ON job.id = flow_job.id
        WHERE flow_job.flow = (SELECT key FROM flow WHERE id = $1) AND flow_job.number >= $2 AND flow_job.number < $2 + $3 ORDER BY flow_job.number
        """);

    static readonly Sql ResultsOfFlow = new("""
        SELECT flow_job.id, job.state, job.result FROM flow_job JOIN job ON job.id = flow_job.id
        WHERE flow_job.flow = (SELECT key FROM flow WHERE id = $1) AND flow_job.before = $2 AND flow_job.place >= $3 AND flow_job.place < $3 + $4
        ORDER BY flow_job.place
        """);

    public FlowRecord? FindFlow(FlowId id) => Rows(OneFlow, FlowRow.Read, FlowRow.Key(id), clock.GetUtcNow().ToUnixTimeMilliseconds()).FirstOrDefault();

    public FlowNode? ReadFlowShape(FlowId id) => Rows(
        ShapeOfFlow, static row => FlowRow.ReadShape(row.GetFieldValue<byte[]>(0)), FlowRow.Key(id), clock.GetUtcNow().ToUnixTimeMilliseconds()).FirstOrDefault();

    public FlowPage ListFlows(FlowQuery query) => new(
        Rows(query.Ended ? EndedFlows : RunningFlows, FlowRow.Read, (long)query.Offset, (long)query.Count),
        Rows(CountFlows, static row => row.GetInt64(0), query.Ended ? 1L : 0L)[0]);

    public IReadOnlyList<FlowJob> ListFlowJobs(FlowId id, int offset, int count) => Rows(JobsOfFlow, row =>
    {
        var record = Read(row);
        return new FlowJob(row.GetInt32(row.GetOrdinal("flow_number")), record.Id, record.State, record);
    }, FlowRow.Key(id), (long)offset, (long)count);

    public IReadOnlyList<FlowResult> ReadFlowResults(FlowId id, int gate, int offset, int count) => Some(ResultsOfFlow, static row =>
    {
        var state = (JobState)row.GetInt32(1);
        return new FlowResult(
            JobRow.Id(row.GetFieldValue<byte[]>(0)), state is JobState.Scheduled or JobState.Queued or JobState.Running ? JobState.Waiting : state,
            row.IsDBNull(2) ? null : JobRow.ReadJson(row.GetFieldValue<byte[]>(2)));
    }, static result => BatchLimits.Weigh(result.Value), FlowRow.Key(id), (long)gate, (long)offset, (long)count);
}
