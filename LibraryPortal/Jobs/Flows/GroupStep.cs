namespace LibraryPortal.Jobs.Flows;

/// <summary>Members that run side by side.</summary>
internal sealed class GroupStep(IReadOnlyList<FlowStep> members) : FlowStep
{
    public IReadOnlyList<FlowStep> Members { get; } = members;

    public override bool IsEmpty { get; } = members.All(static member => member.IsEmpty);
}
