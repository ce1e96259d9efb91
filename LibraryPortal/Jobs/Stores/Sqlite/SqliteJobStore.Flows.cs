using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Flows beside their jobs, in the same file and written by the same thread.</summary>
internal sealed partial class SqliteJobStore
{
    public Task<FlowReceipt> AcceptFlowAsync(FlowPlan plan, CancellationToken cancellationToken)
    {
        var envelopes = new byte[plan.Jobs.Count][];
        for (var i = 0; i < envelopes.Length; i++)
            envelopes[i] = EnvelopeCodec.Write(plan.Jobs[i]);
        return WriteAsync(session => AcceptFlow.Run(session, plan, envelopes), cancellationToken);
    }

    public Task<FlowRecord?> FindFlowAsync(FlowId id, CancellationToken cancellationToken) => ReadAsync(() => _reader.FindFlow(id), cancellationToken);

    public Task<FlowNode?> ReadFlowShapeAsync(FlowId id, CancellationToken cancellationToken) => ReadAsync(() => _reader.ReadFlowShape(id), cancellationToken);

    public Task<FlowPage> ListFlowsAsync(FlowQuery query, CancellationToken cancellationToken) => ReadAsync(() => _reader.ListFlows(query), cancellationToken);

    public Task<IReadOnlyList<FlowJob>> ListFlowJobsAsync(FlowId id, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.ListFlowJobs(id, offset, count), cancellationToken);

    public Task<IReadOnlyList<FlowResult>> ReadFlowResultsAsync(FlowId id, int gate, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(() => _reader.ReadFlowResults(id, gate, offset, count), cancellationToken);

    public Task<CancelReply> CancelFlowAsync(FlowId id, CancellationToken cancellationToken) =>
        WriteAsync(session => CancelFlow.Run(session, id), cancellationToken);

    public Task<RetryReply> RetryFlowAsync(FlowId id, CancellationToken cancellationToken) =>
        WriteAsync(session => ReviveFlow.Run(session, id), cancellationToken);
}
