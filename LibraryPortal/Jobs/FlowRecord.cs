namespace LibraryPortal.Jobs;

/// <summary>A flow as its store knows it at one moment.</summary>
public sealed record FlowRecord
{
    /// <summary>Its identity, for good.</summary>
    public required FlowId Id { get; init; }

    /// <summary>What people see it called.</summary>
    public required string Name { get; init; }

    /// <summary>The user it belongs to; null: nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>What a job that ends without success means for the rest.</summary>
    public required FlowFailure OnFailure { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required FlowState State { get; init; }

    /// <summary>Jobs in all.</summary>
    public required int Total { get; init; }

    /// <summary>Jobs that succeeded.</summary>
    public int Succeeded { get; init; }

    /// <summary>Jobs that failed, expired or were quarantined.</summary>
    public int Failed { get; init; }

    /// <summary>Jobs that were cancelled.</summary>
    public int Cancelled { get; init; }

    /// <summary>When its caller made it, by that process' clock.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When the last of its jobs ended, by the store's clock; null while some have not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Jobs that have ended, in whatever way.</summary>
    public int Finished => Succeeded + Failed + Cancelled;

    /// <summary>True once all its jobs have ended; only a replay changes that.</summary>
    public bool IsFinal => FinishedAt is not null;
}
