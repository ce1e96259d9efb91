using System.Text.Json;
using System.Text.Json.Serialization;

namespace LibraryPortal.Jobs;

/// <summary>A job as a store knows it at one moment: the envelope and what changed since.</summary>
public sealed record JobRecord
{
    /// <summary>What does not change in its life.</summary>
    public required JobEnvelope Envelope { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>Runs started that count; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>Workers that died under it.</summary>
    public int Crashes { get; init; }

    /// <summary>How far its run is, or the last one was; null: none told.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>When it is or was due, retries included.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When its run began, or the last one did: while it runs by the store's clock, once it has ended by its worker's; null before the first.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended: by the clock of the worker that ended it, or of the store; null while it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The worker run that has it, or had it last.</summary>
    public string? Worker { get; init; }

    /// <summary>The last error, type and message; null when there was none.</summary>
    public string? Error { get; init; }

    /// <summary>The result as plain JSON, which may be the JSON null; null unless it succeeded with one.</summary>
    [JsonConverter(typeof(ResultConverter))]
    public JsonElement? Result { get; init; }

    /// <summary>Whether someone asked to cancel it while it ran.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>What keeps a due job from running, in a sentence: no live worker knows its name, its queue is paused. Null when nothing does.</summary>
    public string? HeldBack { get; init; }

    /// <summary>Its identity, for good.</summary>
    public JobId Id => Envelope.Id;

    /// <summary>True for a state that only a replay leaves.</summary>
    public bool IsFinal => State.IsFinal();

    /// <summary>The result as the type that its handler returned.</summary>
    /// <exception cref="InvalidOperationException">The job has no result.</exception>
    /// <exception cref="JsonException">The result is not of that type.</exception>
    public TResult ReadResult<TResult>() => Result is { } json
        ? json.Deserialize<TResult>(JobJson.Options)!
        : throw new InvalidOperationException($"Job {Id} is {State} and has no result.");
}
