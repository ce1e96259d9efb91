using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>Flows in the store of their jobs. A job that ends is counted in its flow in the same transition, whatever ended it; the gate it was the last for
/// opens in that transition too.</summary>
/// <remarks>As with <see cref="IJobStore"/>: a call whose reply was lost may be repeated, and any call throws <see cref="JobStoreUnavailableException"/>
/// when the store cannot be reached.</remarks>
public interface IFlowStore
{
    /// <summary>Accepts a flow, all of it or nothing, and lets its first jobs go.</summary>
    Task<FlowReceipt> AcceptFlowAsync(FlowPlan plan, CancellationToken cancellationToken);

    /// <summary>The flow as it is now; null for an unknown id or an expired record.</summary>
    Task<FlowRecord?> FindFlowAsync(FlowId id, CancellationToken cancellationToken);

    /// <summary>How it is built; null as above.</summary>
    Task<FlowNode?> ReadFlowShapeAsync(FlowId id, CancellationToken cancellationToken);

    Task<FlowPage> ListFlowsAsync(FlowQuery query, CancellationToken cancellationToken);

    /// <summary>Some of its jobs, by their number.</summary>
    Task<IReadOnlyList<FlowJob>> ListFlowJobsAsync(FlowId id, int offset, int count, CancellationToken cancellationToken);

    /// <summary>Some of the results before a gate, in order. Kept for as long as the flow is. Fewer than asked for may come where they weigh
    /// <see cref="BatchLimits.Bytes"/> together; the rest comes with a call that passes these over.</summary>
    Task<IReadOnlyList<FlowResult>> ReadFlowResultsAsync(FlowId id, int gate, int offset, int count, CancellationToken cancellationToken);

    /// <summary>Cancels each of its jobs that has not ended. From then on no gate of it opens.</summary>
    Task<CancelReply> CancelFlowAsync(FlowId id, CancellationToken cancellationToken);

    /// <summary>Takes an ended flow up again: each job that did not succeed goes back to where it was, queued or waiting, with fresh counters.</summary>
    Task<RetryReply> RetryFlowAsync(FlowId id, CancellationToken cancellationToken);
}
