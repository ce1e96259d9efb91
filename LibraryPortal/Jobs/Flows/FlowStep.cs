namespace LibraryPortal.Jobs.Flows;

/// <summary>A part of a flow as its author wrote it.</summary>
internal abstract class FlowStep
{
    public abstract bool IsEmpty { get; }

    /// <summary>This, and then that: a chain is continued, anything else becomes one.</summary>
    public FlowStep Then(FlowStep next) => new ChainStep(this is ChainStep chain ? [.. chain.Steps, next] : [this, next]);
}
