using System.Diagnostics;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>The engine's activities. Names and tags are listed in <c>Jobs/README.md</c>. A run is a child of what enqueued its job, in whatever process that was.</summary>
internal static class JobTracing
{
    /// <summary>The source all of them belong to.</summary>
    public const string SourceName = "LibraryPortal.Jobs";

    static readonly ActivitySource Source = new(SourceName);

    /// <summary>Jobs are handed over; the envelopes made meanwhile carry it. Null while nobody listens.</summary>
    public static Activity? StartEnqueue() => Source.StartActivity("enqueue", ActivityKind.Producer);

    /// <summary>Says which job it was about.</summary>
    public static void Describe(this Activity? activity, JobEnvelope job)
    {
        if (activity is null)
            return;
        activity.DisplayName = $"enqueue {job.Name}";
        activity.SetTag("job.id", job.Id.ToString()).SetTag("job.name", job.Name).SetTag("job.queue", job.Queue);
    }

    /// <summary>Says which flow or call it was about, and of how many jobs.</summary>
    public static void Describe(this Activity? activity, string name, int jobs)
    {
        if (activity is null)
            return;
        activity.DisplayName = $"enqueue {name}";
        activity.SetTag("jobs", jobs);
    }

    /// <summary>A schedule is due: the jobs it fires carry it. Null while nobody listens.</summary>
    public static Activity? StartFire(string schedule) => Source.StartActivity($"fire {schedule}", ActivityKind.Producer)?.SetTag("schedule", schedule);

    /// <summary>A run begins. Null while nobody listens.</summary>
    public static Activity? StartRun(ClaimedJob job)
    {
        if (!Source.HasListeners())
            return null;
        var parent = ActivityContext.TryParse(job.Envelope.TraceParent, null, isRemote: true, out var caller) ? caller : default;
        return Source.StartActivity($"run {job.Envelope.Name}", ActivityKind.Consumer, parent)?
            .SetTag("job.id", job.Envelope.Id.ToString()).SetTag("job.name", job.Envelope.Name).SetTag("job.queue", job.Envelope.Queue).SetTag("job.attempt", job.Attempt);
    }

    /// <summary>Says how a run ended.</summary>
    public static void Conclude(this Activity? activity, JobOutcome? outcome)
    {
        if (activity is null)
            return;
        activity.SetTag("job.outcome", JobMetrics.Word(outcome?.Kind));
        if (outcome?.Error is { } error)
            activity.SetStatus(ActivityStatusCode.Error, error);
    }

    /// <summary>Outcomes go into the history. Null while nobody listens.</summary>
    public static Activity? StartDrain(int jobs) => Source.StartActivity("drain history", ActivityKind.Internal)?.SetTag("jobs", jobs);
}
