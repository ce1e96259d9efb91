namespace LibraryPortal.Jobs;

/// <summary>What starting a flow returns.</summary>
public class FlowHandle(IJobFlows flows, FlowId id, bool isNew)
{
    /// <summary>The flow that is there now: the one started, or the one that already was.</summary>
    public FlowId Id { get; } = id;

    /// <summary>False when a flow of this id was already there.</summary>
    public bool IsNew { get; } = isNew;

    /// <summary>The flow as it is now; null once its record has expired.</summary>
    public Task<FlowRecord?> FindAsync(CancellationToken cancellationToken = default) => flows.FindAsync(Id, cancellationToken);

    /// <inheritdoc cref="IJobFlows.WaitAsync"/>
    public Task<FlowRecord> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => flows.WaitAsync(Id, timeout, cancellationToken);

    /// <inheritdoc cref="IJobFlows.CancelAsync"/>
    public Task<CancelReply> CancelAsync(CancellationToken cancellationToken = default) => flows.CancelAsync(Id, cancellationToken);
}

/// <summary>A <see cref="FlowHandle"/> that knows the type of what the flow comes to.</summary>
public sealed class FlowHandle<TResult> : FlowHandle
{
    readonly IJobFlows _flows;
    readonly Func<IReadOnlyList<FlowResult>, TResult> _read;

    internal FlowHandle(IJobFlows flows, FlowId id, bool isNew, Func<IReadOnlyList<FlowResult>, TResult> read)
        : base(flows, id, isNew) => (_flows, _read) = (flows, read);

    /// <summary>Waits for the result: that of the last job, or of a group the results of those that succeeded, in the order they were written.</summary>
    /// <exception cref="TimeoutException">It was not finished in time; the flow goes on.</exception>
    /// <exception cref="JobFailedException">It ended without a result; the message says how.</exception>
    public async Task<TResult> WaitForResultAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var record = await WaitAsync(timeout, cancellationToken);
        if (record.State != FlowState.Succeeded)
            throw new JobFailedException($"Flow {Id} ended as {record.State}: {record.Succeeded} of its {record.Total} jobs succeeded, {record.Failed} failed.");
        List<FlowResult> results = [];
        await foreach (var result in _flows.ResultsAsync(Id, cancellationToken))
        {
            if (result.State == JobState.Succeeded)
                results.Add(result);
        }

        return _read(results);
    }
}
