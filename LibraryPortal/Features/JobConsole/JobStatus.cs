using System.Text.Json;
using LibraryPortal.Api;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>A job as the API tells it. Names of members are a contract.</summary>
internal sealed record JobStatus
{
    public required JobId JobId { get; init; }

    public required string Name { get; init; }

    /// <summary>Celery's word: PENDING, STARTED, RETRY, SUCCESS, FAILURE or REVOKED.</summary>
    public required string Status { get; init; }

    /// <summary>The portal's own word.</summary>
    public required string State { get; init; }

    public required int Attempt { get; init; }

    public JobProgressStatus? Progress { get; init; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required bool CancelRequested { get; init; }

    /// <summary>What keeps a due job from running, in a sentence.</summary>
    public string? HeldBack { get; init; }

    public string? Error { get; init; }

    public JsonElement? Result { get; init; }

    /// <summary>Where what it made can be had.</summary>
    public string? ResultLink { get; init; }

    public static JobStatus From(JobRecord job, Caller caller, IJobResultLink? link) => new()
    {
        JobId = job.Id,
        Name = job.Envelope.Name,
        Status = CeleryWord(job),
        State = job.State.ToString(),
        Attempt = job.Attempt,
        Progress = job.Progress is { } progress ? new(progress.Done, progress.Total, progress.Percent, progress.Message) : null,
        EnqueuedAt = job.Envelope.EnqueuedAt,
        DueAt = job.DueAt,
        StartedAt = job.StartedAt,
        FinishedAt = job.FinishedAt,
        CancelRequested = job.CancelRequested,
        HeldBack = job.HeldBack,
        Error = ErrorFor(caller, job),
        Result = job.Result,
        ResultLink = job.State == JobState.Succeeded ? link?.LinkTo(job) : null,
    };

    static string CeleryWord(JobRecord job) => job.State switch
    {
        JobState.Scheduled when job.Attempt > 0 => "RETRY",
        JobState.Waiting or JobState.Scheduled or JobState.Queued => "PENDING",
        JobState.Running => "STARTED",
        JobState.Succeeded => "SUCCESS",
        JobState.Failed or JobState.Quarantined => "FAILURE",
        JobState.Cancelled or JobState.Expired => "REVOKED",
        _ => throw new InvalidOperationException($"Unknown state {job.State}."),
    };

    // An exception's text may name files and addresses of the server: for the staff only.
    static string? ErrorFor(Caller caller, JobRecord job) => job switch
    {
        { Error: null } => null,
        _ when caller.IsLibrarian => job.Error,
        { IsFinal: true, Attempt: > 1 } => $"It failed {job.Attempt} times. The library's staff can see why.",
        { IsFinal: true } => "It failed. The library's staff can see why.",
        _ => "An attempt failed; it will be tried again.",
    };
}

/// <param name="Percent">Null when the total is unknown.</param>
internal sealed record JobProgressStatus(long Done, long Total, int? Percent, string? Message);
