using System.Text.Json;

namespace LibraryPortal.Jobs;

/// <summary>What became of one job whose result is passed on in its flow.</summary>
/// <param name="Job">The job.</param>
/// <param name="State">How it ended; <see cref="JobState.Waiting"/> for one that has not.</param>
/// <param name="Value">Its result as plain JSON; null unless it succeeded with one.</param>
public sealed record FlowResult(JobId Job, JobState State, JsonElement? Value)
{
    /// <exception cref="InvalidOperationException">There is no result.</exception>
    public TResult Read<TResult>() => Value is { } json
        ? json.Deserialize<TResult>(JobJson.Options)!
        : throw new InvalidOperationException($"Job {Job} is {State} and has no result.");
}
