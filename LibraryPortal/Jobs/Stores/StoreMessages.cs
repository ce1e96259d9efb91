using System.Text.Json;

namespace LibraryPortal.Jobs.Stores;

/// <param name="Id">The job that is there now: the one asked for, or the one that already existed.</param>
/// <param name="IsNew">Whether this call made it.</param>
public readonly record struct EnqueueReceipt(JobId Id, bool IsNew);

/// <summary>One waiting line: a queue and a priority.</summary>
public readonly record struct Lane(string Queue, JobPriority Priority);

/// <param name="Worker">The worker run that asks.</param>
/// <param name="Lanes">Where to look, in this order. The engine turns the order so that no lane is starved; the store just follows it.</param>
/// <param name="Count">At most this many jobs.</param>
public sealed record ClaimRequest(string Worker, IReadOnlyList<Lane> Lanes, int Count);

/// <param name="Jobs">What the worker owns from now on.</param>
/// <param name="NextDue">How long until the next scheduled job is due; null when none is.</param>
/// <param name="WorkerIsKnown">False when the worker was reaped or never registered: nothing was claimed, and it must take a new id.</param>
public sealed record ClaimReply(IReadOnlyList<ClaimedJob> Jobs, TimeSpan? NextDue, bool WorkerIsKnown = true);

/// <param name="Stamp">Tells this claim from every other one of the same job; goes back with the outcome.</param>
/// <param name="Attempt">The run this will be: 1 for the first.</param>
/// <param name="CancelRequested">Someone asked to cancel it before it could be told.</param>
public sealed record ClaimedJob(JobEnvelope Envelope, long Stamp, int Attempt, int Crashes, bool CancelRequested)
{
    /// <summary>Where an earlier run said it is to go on; null when none did.</summary>
    public JsonElement? Cursor { get; init; }

    /// <summary>Why what an earlier run said of that cannot be read; null where it can, or none did.</summary>
    public string? CursorFault { get; init; }

    /// <summary>How long after the claim, by the store's clock, it may still begin; null where it never expires, or began before, so that its expiry counts no more.</summary>
    public TimeSpan? BeginsWithin { get; init; }

    /// <summary>With what its store has kept of where to go on.</summary>
    /// <param name="cursor">Empty: nothing.</param>
    internal ClaimedJob WithCursor(byte[]? cursor)
    {
        if (cursor is not { Length: > 0 })
            return this;
        try
        {
            return this with { Cursor = JsonElement.Parse(cursor) };
        }
        catch (JsonException damaged)
        {
            return this with { CursorFault = damaged.Message };
        }
    }

    /// <summary>The job as its store wrote it, so that it need not be written again with the outcome. Empty where the store has no use for it.</summary>
    internal ReadOnlyMemory<byte> Stored { get; init; }

    /// <summary>Where its store finds it again without looking for its id. 0 where the store has no use for it.</summary>
    internal long Row { get; init; }
}

/// <summary>What became of one claimed job.</summary>
public enum OutcomeKind
{
    Succeeded,

    /// <summary>Another attempt at <see cref="JobOutcome.RetryIn"/>. A job asked to cancel is cancelled instead.</summary>
    Retry,

    /// <summary>No further attempt.</summary>
    Failed,

    Cancelled,

    /// <summary>Handed back unfinished to the head of its lane, no attempt spent. Jobs handed back by one call keep their order.</summary>
    Released,

    /// <summary>Set aside, still queued, until a worker beats that knows its name and version, and the form it is stored in; no attempt spent.</summary>
    Parked,

    /// <summary>Again at <see cref="JobOutcome.RetryIn"/>, no attempt spent. A job asked to cancel is cancelled instead.</summary>
    Snoozed,
}

/// <param name="Result">The result as JSON, for <see cref="OutcomeKind.Succeeded"/>.</param>
/// <param name="Error">Type and message, for <see cref="OutcomeKind.Retry"/> and <see cref="OutcomeKind.Failed"/>.</param>
/// <param name="RetryIn">The rest before the next attempt.</param>
public sealed record JobOutcome(ClaimedJob Job, OutcomeKind Kind, JsonElement? Result = null, string? Error = null, TimeSpan RetryIn = default)
{
    /// <summary>When the run started, by the worker's clock; default when it never did.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The run's last progress, whether it was written or not; null where it reported none, which leaves what the store has.</summary>
    public JobProgress? Progress { get; init; }
}

public readonly record struct ProgressReport(JobId Id, long Stamp, JobProgress Progress);

/// <summary>What a worker tells of itself every beat. Its job names also release jobs parked for want of them: a name, for each version from 2 that it
/// knows the name, an @ and the version, and for each form from 2 on that it reads stored jobs in an @ and the form.</summary>
public sealed record WorkerBeat(
    string Worker, string Host, int ProcessId, string Version, int Slots, long MemoryBytes,
    IReadOnlyList<string> Queues, IReadOnlyList<string> JobNames, DateTimeOffset StartedAt, bool IsFirst)
{
    /// <summary>What it declares of limits. The first beat brings these rules into force; each holds until a limit is declared otherwise, or by no worker any more.</summary>
    public IReadOnlyDictionary<string, LimitRule> Limits { get; init; } = new Dictionary<string, LimitRule>(StringComparer.Ordinal);
}

/// <param name="IsKnown">False when the worker was reaped meanwhile: it owns nothing any more and must take a new id.</param>
/// <param name="Owned">The claims recorded for it (id and stamp): what it runs beside these is lost, what it does not run of these was a lost claim reply.</param>
/// <param name="Cancel">Jobs it owns that someone asked to cancel.</param>
public sealed record BeatReply(bool IsKnown, IReadOnlyList<(JobId Id, long Stamp)> Owned, IReadOnlyList<JobId> Cancel);

/// <summary>Why a worker should look at once.</summary>
public enum WakeUp
{
    /// <summary>A job was queued, or scheduled, while some worker was idle.</summary>
    Work,

    /// <summary>A running job was asked to cancel: beat now, the reply tells which.</summary>
    Command,

    /// <summary>The store answers again after an outage.</summary>
    Restored,

    /// <summary>A schedule was defined, changed or deleted.</summary>
    Schedules,
}
