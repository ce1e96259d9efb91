using LibraryPortal.Components.Shared;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Colour, icon and word of each state of a job.</summary>
internal static class JobLooks
{
    /// <summary>The order of the tabs: what goes on, what waits, what ended.</summary>
    public static IReadOnlyList<JobState> Tabs { get; } =
    [
        JobState.Running, JobState.Queued, JobState.Scheduled, JobState.Waiting, JobState.Succeeded, JobState.Failed,
        JobState.Quarantined, JobState.Cancelled, JobState.Expired,
    ];

    /// <summary>States that seldom hold a job: their tabs show while they do.</summary>
    public static bool IsRare(JobState state) => state is JobState.Waiting or JobState.Quarantined or JobState.Expired;

    public static (BadgeTone Tone, IconName Icon, string Text, string Hint) Of(JobState state) => state switch
    {
        JobState.Waiting => (BadgeTone.Info, IconName.Hourglass, "Waiting", "Waits for other jobs of its flow."),
        JobState.Scheduled => (BadgeTone.Info, IconName.Clock, "Scheduled", "Not due yet, or resting between two attempts."),
        JobState.Queued => (BadgeTone.Info, IconName.List, "Queued", "Due; waits for a free worker."),
        JobState.Running => (BadgeTone.Busy, IconName.Spinner, "Running", "A worker has it now."),
        JobState.Succeeded => (BadgeTone.Success, IconName.CheckCircle, "Succeeded", "It ended well."),
        JobState.Failed => (BadgeTone.Danger, IconName.Alert, "Failed", "It ended in an error. It can be run again."),
        JobState.Cancelled => (BadgeTone.Neutral, IconName.Close, "Cancelled", "Stopped on request."),
        JobState.Expired => (BadgeTone.Warning, IconName.Clock, "Expired", "Not started in time."),
        JobState.Quarantined => (BadgeTone.Danger, IconName.Shield, "Quarantined", "Its worker died under it too often. It can be run again."),
    };

    /// <summary>What an empty list of a state says, and what will stand there.</summary>
    public static (string Title, string Text) Nothing(JobState state) => state switch
    {
        JobState.Waiting => ("No job is waiting", "Jobs that wait for others of their flow appear here by themselves."),
        JobState.Scheduled => ("No job is scheduled", "Jobs that are not due yet, or rest between two attempts, appear here by themselves."),
        JobState.Queued => ("No job is queued", "Jobs that are due appear here by themselves until a worker takes them."),
        JobState.Running => ("No job is running", "Jobs appear here by themselves while a worker has them."),
        JobState.Succeeded => ("No job has succeeded yet", "Jobs that ended well appear here by themselves. The history keeps them longer."),
        JobState.Failed => ("No job has failed", "Jobs that ended in an error appear here by themselves. They can be run again."),
        JobState.Cancelled => ("No job was cancelled", "Jobs that were stopped on request appear here by themselves."),
        JobState.Expired => ("No job has expired", "Jobs that were not started in time appear here by themselves."),
        JobState.Quarantined => ("No job is quarantined", "Jobs whose workers died under them too often appear here by themselves. They can be run again."),
    };

    public static bool CanCancel(JobRecord job) => !job.IsFinal && !job.CancelRequested;

    public static bool CanRetry(JobRecord job) => job.IsFinal && job.State != JobState.Succeeded;

    /// <summary>The time that matters most in its state, with its word.</summary>
    public static (string Word, DateTimeOffset? At) Moment(JobRecord job) => job switch
    {
        { IsFinal: true } => ("ended", job.FinishedAt),
        { State: JobState.Running } => ("started", job.StartedAt),
        { State: JobState.Scheduled } => ("due", job.DueAt),
        _ => ("queued", job.Envelope.EnqueuedAt),
    };
}
