using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs;

/// <summary>A job as a store knows it at one moment: the envelope and what changed since.</summary>
public sealed record JobRecord
{
    public required JobEnvelope Envelope { get; init; }
    public required JobState State { get; init; }

    /// <summary>Runs started that count; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Workers that died under it.</summary>
    public int Crashes { get; init; }

    public JobProgress? Progress { get; init; }

    /// <summary>When it is or was due, retries included.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The worker run that has it, or had it last.</summary>
    public string? Worker { get; init; }

    /// <summary>The last error, type and message; null when there was none.</summary>
    public string? Error { get; init; }

    /// <summary>The result as plain JSON, which may be the JSON null; null unless it succeeded with one.</summary>
    [JsonConverter(typeof(ResultConverter))]
    public JsonElement? Result { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>What keeps a due job from running, in a sentence: no live worker knows its name, its queue is paused. Null when nothing does.</summary>
    public string? HeldBack { get; init; }

    public JobId Id => Envelope.Id;

    /// <summary>True for a state that only a replay leaves.</summary>
    public bool IsFinal => State is JobState.Succeeded or JobState.Failed or JobState.Cancelled or JobState.Expired or JobState.Quarantined;

    /// <exception cref="InvalidOperationException">The job has no result.</exception>
    public TResult ReadResult<TResult>() => Result is { } json
        ? json.Deserialize<TResult>(JobJson.Options)!
        : throw new InvalidOperationException($"Job {Id} is {State} and has no result.");
}
