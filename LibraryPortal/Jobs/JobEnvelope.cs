using System.Text.Json;

namespace LibraryPortal.Jobs;

/// <summary>A job ready to be handed to a store: checked, serialised and with all defaults filled in. What does not change in a job's life.</summary>
/// <remarks>All times are whole milliseconds, so that every store keeps them exactly.</remarks>
public sealed record JobEnvelope
{
    public required JobId Id { get; init; }
    public required string Name { get; init; }
    public required string Queue { get; init; }
    public required JobPriority Priority { get; init; }

    /// <summary>The arguments as plain JSON.</summary>
    public required JsonElement Args { get; init; }

    /// <summary>When it was accepted by the caller.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Not before this moment; null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required RetryPolicy Retry { get; init; }
    public string? UniqueKey { get; init; }
    public string? Owner { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public required TimeSpan ResultTtl { get; init; }

    /// <summary>The due time of the schedule that fired it; null when none did.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Whether each of its outcomes goes into the history.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>W3C trace context of the caller.</summary>
    public string? TraceParent { get; init; }
}
