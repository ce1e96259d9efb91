using System.Text.Json;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs;

/// <summary>A job ready to be handed to a store: checked, serialised and with all defaults filled in. What does not change in a job's life.</summary>
/// <remarks>All times are whole milliseconds, so that every store keeps them exactly.</remarks>
public sealed record JobEnvelope
{
    /// <summary>Its identity, for good.</summary>
    public required JobId Id { get; init; }

    /// <summary>The job type's name (<see cref="JobAttribute"/>).</summary>
    public required string Name { get; init; }

    /// <summary>The queue it waits in.</summary>
    public required string Queue { get; init; }

    /// <summary>Its place among the jobs of its queue.</summary>
    public required JobPriority Priority { get; init; }

    /// <summary>The arguments as plain JSON.</summary>
    public required JsonElement Args { get; init; }

    /// <summary>The arguments it was accepted with, where an operator has put others in their place before a replay; else null.</summary>
    public JsonElement? OriginalArgs { get; init; }

    /// <summary>When its caller made it, by that process' clock.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Not before this moment, by the store's clock; null: at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often it is tried, and the rests in between.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>While a job with this key waits or runs, another one is not accepted; null: it has none.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>The user it belongs to; null: nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>Words to find it by in the history.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How long its record stays readable once it has ended.</summary>
    public required TimeSpan ResultTtl { get; init; }

    /// <summary>The due time of the schedule that fired it; null when none did.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Not started by this moment, it is discarded as <see cref="JobState.Expired"/>; null: it waits as long as it must.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long one run may take before it is told to stop; null: as long as it likes.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How long past its time limit a run may take to stop, before it is abandoned and counts as failed. One that returns by then has succeeded. Default: 10 s.</summary>
    public TimeSpan TimeLimitGrace { get; init; } = TimeSpan.FromSeconds(RunLimits.DefaultGraceSeconds);

    /// <summary>At most one job with this key runs at a time, over all workers; null: it need not care.</summary>
    public string? SerialKey { get; init; }

    /// <summary>Names of the limits it is subject to: so many at once, or so many in a period, over all workers.</summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>The version of its arguments, as its job type had it when it was enqueued.</summary>
    public int ArgsVersion { get; init; } = 1;

    /// <summary>Whether something beside a free slot decides when it may run.</summary>
    internal bool HasGates => SerialKey is not null || Limits.Count > 0;

    /// <summary>Whether each of its outcomes goes into the history.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>Where it stands in the flow it is part of; null for a job of its own.</summary>
    public FlowPlace? Flow { get; init; }

    /// <summary>Its stored form where that cannot be read, and then the rest is what the store knows beside it; null for any job whose form can.</summary>
    internal UnreadableForm? Unreadable { get; init; }

    /// <summary>W3C trace context of the caller.</summary>
    public string? TraceParent { get; init; }
}
