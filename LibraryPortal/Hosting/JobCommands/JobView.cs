using System.Text.Json;
using LibraryPortal.Jobs;

namespace LibraryPortal.Hosting.JobCommands;

/// <summary>A job as <c>--json</c> tells it. Names of members are a contract; absent ones have no value.</summary>
internal sealed record JobView
{
    public required JobId Id { get; init; }
    public required string Name { get; init; }
    public required JobState State { get; init; }
    public required string Queue { get; init; }
    public required JobPriority Priority { get; init; }
    public string? Owner { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public string? UniqueKey { get; init; }
    public string? SerialKey { get; init; }
    public IReadOnlyList<string>? Limits { get; init; }
    public string? Flow { get; init; }
    public required int Attempt { get; init; }
    public required int MaxAttempts { get; init; }
    public required int Crashes { get; init; }
    public required DateTimeOffset EnqueuedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? ScheduledFor { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public double? TimeLimitSeconds { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? Worker { get; init; }
    public JobProgress? Progress { get; init; }
    public required bool CancelRequested { get; init; }
    public string? HeldBack { get; init; }
    public string? Error { get; init; }
    public required JsonElement Args { get; init; }
    public JsonElement? OriginalArgs { get; init; }
    public JsonElement? Result { get; init; }
    public IReadOnlyList<JobLogLine>? Log { get; init; }

    /// <param name="log">What its runs wrote; left out where it was not asked for.</param>
    public static JobView Of(JobRecord job, IReadOnlyList<JobLogLine>? log = null) => new()
    {
        Id = job.Id, Name = job.Envelope.Name, State = job.State, Queue = job.Envelope.Queue, Priority = job.Envelope.Priority, Owner = job.Envelope.Owner,
        Tags = job.Envelope.Tags, UniqueKey = job.Envelope.UniqueKey, SerialKey = job.Envelope.SerialKey, Limits = job.Envelope.Limits.Count == 0 ? null : job.Envelope.Limits,
        Flow = job.Envelope.Flow is { } place ? $"{place.Flow}" : null, ScheduledFor = job.Envelope.ScheduledFor, ExpiresAt = job.Envelope.ExpiresAt,
        TimeLimitSeconds = job.Envelope.TimeLimit?.TotalSeconds, OriginalArgs = job.Envelope.OriginalArgs, Log = log, Attempt = job.Attempt, MaxAttempts = job.Envelope.Retry.MaxAttempts, Crashes = job.Crashes,
        EnqueuedAt = job.Envelope.EnqueuedAt, DueAt = job.DueAt, StartedAt = job.StartedAt, FinishedAt = job.FinishedAt, Worker = job.Worker, Progress = job.Progress,
        CancelRequested = job.CancelRequested, HeldBack = job.HeldBack, Error = job.Error, Args = job.Envelope.Args, Result = job.Result,
    };
}
