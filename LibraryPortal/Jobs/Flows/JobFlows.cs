using LibraryPortal.Jobs.Diagnostics;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Flows;

/// <inheritdoc cref="IJobFlows"/>
internal sealed class JobFlows(IJobStore store, FlowPlanner planner, FlowResults results, FlowWaits waits) : IJobFlows
{
    public async Task<FlowHandle> StartAsync(Flow flow, Action<FlowOptions>? options = null, CancellationToken cancellationToken = default)
    {
        var (id, isNew) = await AcceptAsync(flow, options, cancellationToken);
        return new FlowHandle(this, id, isNew);
    }

    public async Task<FlowHandle<TResult>> StartAsync<TResult>(
        Flow<TResult> flow, Action<FlowOptions>? options = null, CancellationToken cancellationToken = default)
    {
        var (id, isNew) = await AcceptAsync(flow, options, cancellationToken);
        return new FlowHandle<TResult>(this, id, isNew, static last => last[0].Read<TResult>());
    }

    public async Task<FlowHandle<IReadOnlyList<TResult>>> StartAsync<TResult>(
        FlowGroup<TResult> flow, Action<FlowOptions>? options = null, CancellationToken cancellationToken = default)
    {
        var (id, isNew) = await AcceptAsync(flow, options, cancellationToken);
        return new FlowHandle<IReadOnlyList<TResult>>(this, id, isNew, static all => [.. all.Select(static one => one.Read<TResult>())]);
    }

    public Task<FlowRecord?> FindAsync(FlowId id, CancellationToken cancellationToken = default) => store.FindFlowAsync(id, cancellationToken);

    public Task<FlowRecord> WaitAsync(FlowId id, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        waits.WaitAsync(id, timeout, cancellationToken);

    public IAsyncEnumerable<FlowResult> ResultsAsync(FlowId id, CancellationToken cancellationToken = default) =>
        results.ReadAsync(id, FlowPlace.End, cancellationToken);

    public Task<CancelReply> CancelAsync(FlowId id, CancellationToken cancellationToken = default) => store.CancelFlowAsync(id, cancellationToken);

    async Task<(FlowId Id, bool IsNew)> AcceptAsync(Flow flow, Action<FlowOptions>? options, CancellationToken cancellationToken)
    {
        using var activity = JobTracing.StartEnqueue();
        var plan = planner.Plan(flow, options);
        activity.Describe(plan.Name, plan.Jobs.Count);
        var receipt = await store.AcceptFlowAsync(plan, cancellationToken);
        if (receipt.Acceptance == FlowAcceptance.Accepted)
            JobMetrics.Enqueued(plan.Jobs);
        return receipt.Acceptance != FlowAcceptance.Refused
            ? (plan.Id, receipt.Acceptance == FlowAcceptance.Accepted)
            : throw new FlowRefusedException($"The flow '{plan.Name}' was refused: job {receipt.Holder} has an id or a unique key of it. Nothing was accepted.")
            {
                Holder = receipt.Holder,
            };
    }
}
