using LibraryPortal.Jobs;

namespace LibraryPortal.Data.Outbox;

/// <summary>Something the job engine must be told, written in the transaction of the change it belongs to and handed over afterwards.</summary>
public sealed class OutboxMessage
{
    /// <summary>Grows in the order of writing.</summary>
    public long Id { get; init; }

    public required OutboxKind Kind { get; init; }

    /// <summary>The job to hand over or to cancel.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The prepared job as JSON, for <see cref="OutboxKind.Enqueue"/>.</summary>
    public string? Envelope { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the engine refused it for good; null while it waits to be handed over. A refused message is kept, with its error, and not tried again.</summary>
    public DateTimeOffset? RefusedAt { get; set; }

    /// <summary>Why the engine refused it.</summary>
    public string? Error { get; set; }
}

/// <summary>What the engine is asked to do.</summary>
public enum OutboxKind
{
    Enqueue,
    Cancel,
}
