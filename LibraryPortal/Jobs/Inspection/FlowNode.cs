using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs.Inspection;

/// <summary>How a flow is built. Single jobs that stand side by side in a chain or group make one node, so that a group of thousands stays small.</summary>
/// <param name="First">The number of its first job. Jobs are numbered from 0 in the order they were written.</param>
/// <param name="Count">How many jobs it is, those of its children included.</param>
/// <param name="Children">Its parts, in order; none for jobs.</param>
public sealed record FlowNode(
    [property: JsonPropertyName("k")] FlowNodeKind Kind,
    [property: JsonPropertyName("f")] int First,
    [property: JsonPropertyName("n")] int Count,
    [property: JsonPropertyName("c")] IReadOnlyList<FlowNode> Children);

/// <summary>What a <see cref="FlowNode"/> is.</summary>
public enum FlowNodeKind
{
    /// <summary>Single jobs.</summary>
    Jobs,

    /// <summary>Parts that follow one another.</summary>
    Chain,

    /// <summary>Parts that run side by side.</summary>
    Group,
}
