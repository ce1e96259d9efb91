namespace LibraryPortal.Jobs.Flows;

/// <summary>Steps that follow one another.</summary>
internal sealed class ChainStep(IReadOnlyList<FlowStep> steps) : FlowStep
{
    public IReadOnlyList<FlowStep> Steps { get; } = steps;

    public override bool IsEmpty { get; } = steps.All(static step => step.IsEmpty);
}
