namespace LibraryPortal.Jobs;

/// <summary>A flow as its store knows it at one moment.</summary>
public sealed record FlowRecord
{
    public required FlowId Id { get; init; }

    /// <summary>What people see it called.</summary>
    public required string Name { get; init; }

    public string? Owner { get; init; }
    public required FlowFailure OnFailure { get; init; }
    public required FlowState State { get; init; }

    /// <summary>Jobs in all.</summary>
    public required int Total { get; init; }

    public int Succeeded { get; init; }

    /// <summary>Jobs that failed, expired or were quarantined.</summary>
    public int Failed { get; init; }

    public int Cancelled { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When the last of its jobs ended; null while some have not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Jobs that have ended, in whatever way.</summary>
    public int Finished => Succeeded + Failed + Cancelled;

    /// <summary>True once all its jobs have ended; only a replay changes that.</summary>
    public bool IsFinal => FinishedAt is not null;
}
