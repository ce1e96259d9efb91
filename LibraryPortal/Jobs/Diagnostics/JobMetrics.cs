using System.Diagnostics;
using System.Diagnostics.Metrics;
using LibraryPortal.Jobs.Stores;
using LibraryPortal.Jobs.Worker;

namespace LibraryPortal.Jobs.Diagnostics;

/// <summary>The engine's meters. Names, units and tags are listed in <c>Jobs/README.md</c>. While nobody listens each costs a look at a field.</summary>
internal static class JobMetrics
{
    /// <summary>The meter all of them belong to.</summary>
    public const string MeterName = "LibraryPortal.Jobs";

    /// <summary>Outcomes the store accepted, in jobs.</summary>
    public const string AcknowledgedName = "jobs.acknowledged";

    /// <summary>Outcomes the store refused because the job was no longer this worker's, in jobs.</summary>
    public const string FencedName = "jobs.fenced";

    /// <summary>Runs that did not stop after their time limit and were left to themselves, in jobs.</summary>
    public const string AbandonedName = "jobs.abandoned";

    /// <summary>Jobs in one call of the store that carried any.</summary>
    public const string BatchSizeName = "jobs.batch.size";

    const string JobTag = "job", QueueTag = "queue", OutcomeTag = "outcome", StateTag = "state", CallTag = "call";

    internal static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Acknowledged = Meter.CreateCounter<long>(AcknowledgedName, "{job}", "Outcomes the store accepted.");
    public static readonly Counter<long> Fenced = Meter.CreateCounter<long>(FencedName, "{job}", "Outcomes refused: the job was no longer this worker's.");
    public static readonly Counter<long> Recovered = Meter.CreateCounter<long>("jobs.recovered", "{job}", "Jobs taken back from workers that died.");
    public static readonly Counter<long> Wedged = Meter.CreateCounter<long>("jobs.canary.failures", "{failure}", "Times a worker could not prove that it takes jobs.");
    static readonly Counter<long> HistoryDrained = Meter.CreateCounter<long>("jobs.history.drained", "{job}", "Ends carried into the history.");
    public static readonly Histogram<double> HistoryLag = Meter.CreateHistogram<double>("jobs.history.lag", "s", "How long the oldest outcome waited to be carried into the history.");
    static readonly Counter<long> AbandonedCount = Meter.CreateCounter<long>(AbandonedName, "{job}", "Runs that did not stop after their time limit and were left to themselves.");

    static readonly Counter<long> EnqueuedCount = Meter.CreateCounter<long>("jobs.enqueued", "{job}", "Jobs accepted.");
    static readonly Counter<long> Outcomes = Meter.CreateCounter<long>("jobs.outcomes", "{job}", "What became of runs.");
    static readonly Histogram<double> Waiting = Meter.CreateHistogram<double>("jobs.waiting", "s", "From when a job was ready to its first run.");
    static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("jobs.run.duration", "s", "How long runs took.");
    static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(BatchSizeName, "{job}", "Jobs in one call of the store.");
    static readonly Histogram<double> StoreDuration = Meter.CreateHistogram<double>("jobs.store.duration", "s", "How long calls of the store took.");
    static readonly Counter<long> StoreFailures = Meter.CreateCounter<long>("jobs.store.failures", "{call}", "Calls of the store that failed.");

    public static void Enqueued(IReadOnlyList<JobEnvelope> jobs, IReadOnlyList<EnqueueReceipt> receipts)
    {
        Batch("enqueue", jobs.Count);
        if (!EnqueuedCount.Enabled)
            return;
        for (var i = 0; i < jobs.Count; i++)
        {
            if (receipts[i].IsNew)
                EnqueuedCount.Add(1, Tag(JobTag, jobs[i].Name), QueueOf(jobs[i]));
        }
    }

    /// <summary>Jobs were accepted that no caller handed over one by one: those of a flow, those of a due time.</summary>
    public static void Enqueued(IEnumerable<JobEnvelope> jobs)
    {
        if (!EnqueuedCount.Enabled)
            return;
        foreach (var job in jobs)
            EnqueuedCount.Add(1, Tag(JobTag, job.Name), QueueOf(job));
    }

    /// <summary>Ends went into the history: of runs, and of jobs that never ran.</summary>
    public static void Drained(IReadOnlyList<JobRecord> jobs)
    {
        if (!HistoryDrained.Enabled)
            return;
        foreach (var job in jobs)
            HistoryDrained.Add(1, Tag(JobTag, job.Envelope.Name), Tag(StateTag, job.State.ToString().ToLowerInvariant()));
    }

    /// <summary>A run did not stop after its time limit.</summary>
    public static void Abandoned(JobEnvelope job) => AbandonedCount.Add(1, Tag(JobTag, job.Name));

    public static void Batch(string call, int size)
    {
        if (size > 0 && BatchSize.Enabled)
            BatchSize.Record(size, Tag(CallTag, call));
    }

    /// <summary>A run begins.</summary>
    public static void Began(ClaimedJob job, DateTimeOffset now)
    {
        // A retry's rest is no waiting, nor is the time of a dead worker, nor that of an earlier run that kept its place, nor that of the steps of its flow before it.
        if (!Waiting.Enabled || job.Attempt > 1 || job.Crashes > 0 || job.Cursor is not null || job.Envelope.Flow is { After: not FlowPlace.Start })
            return;
        var ready = QueueLanes.ReadySince(job.Envelope, due: null);
        Waiting.Record(Math.Max(0, (now - ready).TotalSeconds), Tag(JobTag, job.Envelope.Name), QueueOf(job.Envelope));
    }

    /// <summary>A run is over.</summary>
    /// <param name="outcome">Null when the job was no longer this worker's.</param>
    public static void Ran(ClaimedJob job, OutcomeKind? outcome, TimeSpan took)
    {
        if (RunDuration.Enabled)
            RunDuration.Record(took.TotalSeconds, Tag(JobTag, job.Envelope.Name), Tag(OutcomeTag, Word(outcome)));
    }

    /// <summary>The store accepted an outcome.</summary>
    public static void Told(JobOutcome outcome)
    {
        if (Outcomes.Enabled)
            Outcomes.Add(1, Tag(JobTag, outcome.Job.Envelope.Name), QueueOf(outcome.Job.Envelope), Tag(OutcomeTag, Word(outcome.Kind)));
    }

    /// <summary>A timestamp for <see cref="StoreAnswered"/>; 0 when nobody wants to know.</summary>
    public static long StoreAsked() => StoreDuration.Enabled || StoreFailures.Enabled ? Stopwatch.GetTimestamp() : 0;

    public static void StoreAnswered(string call, long asked)
    {
        if (asked != 0)
            StoreDuration.Record(Stopwatch.GetElapsedTime(asked).TotalSeconds, Tag(CallTag, call));
    }

    public static void StoreFailed(string call) => StoreFailures.Add(1, Tag(CallTag, call));

    static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    // Each worker has a queue of its own for its canary: as a tag it would be one more series with every start.
    static KeyValuePair<string, object?> QueueOf(JobEnvelope job) => Tag(QueueTag, OwnQueue.Is(job.Queue) ? Canary.SharedQueue : job.Queue);

    /// <summary>What metrics and traces call an outcome.</summary>
    /// <param name="kind">Null when the job was no longer this worker's.</param>
    public static string Word(OutcomeKind? kind) => kind switch
    {
        OutcomeKind.Succeeded => "succeeded",
        OutcomeKind.Retry => "retried",
        OutcomeKind.Failed => "failed",
        OutcomeKind.Cancelled => "cancelled",
        OutcomeKind.Released => "released",
        OutcomeKind.Parked => "parked",
        OutcomeKind.Snoozed => "snoozed",
        null => "lost",
        { } other => other.ToString().ToLowerInvariant(),
    };
}
