namespace LibraryPortal.Jobs.Inspection;

internal sealed partial class JobInspector
{
    public Task<FlowPage> ListFlowsAsync(FlowQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckPage(query.Offset, query.Count);
        return store.ListFlowsAsync(query, cancellationToken);
    }

    public async Task<FlowTree?> FindFlowAsync(FlowId id, CancellationToken cancellationToken = default) =>
        await store.FindFlowAsync(id, cancellationToken) is { } flow && await store.ReadFlowShapeAsync(id, cancellationToken) is { } root ? new FlowTree(flow, root) : null;

    public Task<IReadOnlyList<FlowJob>> ListFlowJobsAsync(FlowId id, int offset = 0, int count = 50, CancellationToken cancellationToken = default)
    {
        CheckPage(offset, count);
        return store.ListFlowJobsAsync(id, offset, count, cancellationToken);
    }

    public Task<CancelReply> CancelFlowAsync(FlowId id, CancellationToken cancellationToken = default) => store.CancelFlowAsync(id, cancellationToken);

    public Task<RetryReply> RetryFlowAsync(FlowId id, CancellationToken cancellationToken = default) => store.RetryFlowAsync(id, cancellationToken);

    static void CheckPage(int offset, int count)
    {
        if (offset < 0)
            throw new ArgumentException($"The offset is {offset}; expected 0 or more.", nameof(offset));
        if (count is < 1 or > MaxPage)
            throw new ArgumentException($"The count is {count}; expected 1 to {MaxPage}.", nameof(count));
    }
}
