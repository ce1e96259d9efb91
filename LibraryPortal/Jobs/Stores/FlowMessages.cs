using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>A flow ready to be handed to a store: checked, and its steps parted by gates. Everything names jobs by their number, from 0.</summary>
public sealed record FlowPlan
{
    public required FlowId Id { get; init; }
    public required string Name { get; init; }
    public string? Owner { get; init; }
    public required FlowFailure OnFailure { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>How long the flow and what it passed on stay readable once it has ended.</summary>
    public required TimeSpan ResultTtl { get; init; }

    /// <summary>Each with its <see cref="JobEnvelope.Flow"/>.</summary>
    public required IReadOnlyList<JobEnvelope> Jobs { get; init; }

    /// <summary>By their number, the first two being <see cref="FlowPlace.Start"/> and <see cref="FlowPlace.End"/>.</summary>
    public required IReadOnlyList<FlowGate> Gates { get; init; }

    public required FlowNode Shape { get; init; }
}

/// <param name="Waits">Jobs that must end before it opens.</param>
/// <param name="Behind">The jobs it lets go.</param>
/// <param name="Results">Those of the jobs before it whose results the ones behind it may read, in order.</param>
public sealed record FlowGate(int Waits, IReadOnlyList<int> Behind, IReadOnlyList<int> Results);

/// <summary>What became of a flow handed over.</summary>
public enum FlowAcceptance
{
    Accepted,

    /// <summary>A flow of this id was already there.</summary>
    Existing,

    /// <summary>A job of it has an id or a unique key that is taken; nothing was accepted.</summary>
    Refused,
}

/// <param name="Holder">The job in the way of a refused flow.</param>
public readonly record struct FlowReceipt(FlowAcceptance Acceptance, JobId? Holder = null);
