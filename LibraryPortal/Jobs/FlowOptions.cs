namespace LibraryPortal.Jobs;

/// <summary>What one call may set of a flow. Each method returns the options, so that calls chain.</summary>
/// <remarks>Nothing is checked here: a value out of range is refused with an <see cref="ArgumentException"/> by <see cref="IJobFlows"/>.</remarks>
public sealed class FlowOptions
{
    internal FlowId? IdValue { get; private set; }
    internal string? NameValue { get; private set; }
    internal string? OwnerValue { get; private set; }
    internal FlowFailure FailureValue { get; private set; }

    /// <summary>The flow's id, where the caller already promised one: starting it again then returns the flow that is there. Default: a new one.</summary>
    public FlowOptions Id(FlowId id) { IdValue = id; return this; }

    /// <summary>What people shall see it called: 1 to 100 visible characters. Default: <c>flow</c>.</summary>
    public FlowOptions Named(string name) { NameValue = name; return this; }

    /// <summary>The user it belongs to, and each of its jobs that names no other: 1 to 200 visible characters. Default: nobody.</summary>
    public FlowOptions Owner(string userId) { OwnerValue = userId; return this; }

    /// <summary>What a job that ends without success means for the rest. Default: <see cref="FlowFailure.CancelRest"/>.</summary>
    public FlowOptions OnFailure(FlowFailure policy) { FailureValue = policy; return this; }
}
