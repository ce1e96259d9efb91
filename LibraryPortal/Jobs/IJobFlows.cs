namespace LibraryPortal.Jobs;

/// <summary>Starts flows: jobs that follow one another, run side by side, or both. A flow is accepted as a whole or not at all, and survives whatever a job survives.</summary>
/// <remarks>Calls throw <see cref="JobStoreUnavailableException"/> while the store cannot be reached; repeated with the same <see cref="FlowOptions.Id"/> they
/// return the flow that is there.</remarks>
public interface IJobFlows
{
    /// <summary>The most jobs of one flow.</summary>
    const int MostJobs = 20_000;

    /// <summary>Accepts a flow and lets its first jobs go.</summary>
    /// <exception cref="ArgumentException">A job of it is refused as by <see cref="IJobClient"/>, or the flow is too large or too deep.</exception>
    /// <exception cref="FlowRefusedException">A unique key or an id of it is taken.</exception>
    Task<FlowHandle> StartAsync(Flow flow, Action<FlowOptions>? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="StartAsync(Flow, Action{FlowOptions}?, CancellationToken)"/>
    Task<FlowHandle<TResult>> StartAsync<TResult>(Flow<TResult> flow, Action<FlowOptions>? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="StartAsync(Flow, Action{FlowOptions}?, CancellationToken)"/>
    Task<FlowHandle<IReadOnlyList<TResult>>> StartAsync<TResult>(
        FlowGroup<TResult> flow, Action<FlowOptions>? options = null, CancellationToken cancellationToken = default);

    /// <summary>The flow as it is now; null for an unknown id or an expired record.</summary>
    Task<FlowRecord?> FindAsync(FlowId id, CancellationToken cancellationToken = default);

    /// <summary>Waits until all its jobs have ended. A store that is out is waited for too.</summary>
    /// <exception cref="TimeoutException">It was not finished in time; the flow goes on.</exception>
    Task<FlowRecord> WaitAsync(FlowId id, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>What the last jobs came to, in the order they were written; read in pages as it is enumerated.</summary>
    IAsyncEnumerable<FlowResult> ResultsAsync(FlowId id, CancellationToken cancellationToken = default);

    /// <summary>Cancels everything of it that has not ended: at once where it has not started; what runs is told to stop. Durable, as for a single job.</summary>
    Task<CancelReply> CancelAsync(FlowId id, CancellationToken cancellationToken = default);
}
