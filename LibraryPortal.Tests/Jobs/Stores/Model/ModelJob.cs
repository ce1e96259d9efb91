using System.Text.Json;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Tests.Jobs.Stores.Model;

/// <summary>One job as the model has it.</summary>
internal sealed class ModelJob(JobEnvelope envelope)
{
    public JobEnvelope Envelope { get; } = envelope;
    public JobId Id => Envelope.Id;
    public Lane Lane => new(Envelope.Queue, Envelope.Priority);

    public JobState State { get; set; }

    /// <summary>Its place in its lane: the lowest is first.</summary>
    public long Place { get; set; }

    public long Due { get; set; }
    public bool Parked { get; set; }
    public bool CancelRequested { get; set; }
    public int FailedAttempts { get; set; }
    public int Crashes { get; set; }

    /// <summary>What its record says once it is over.</summary>
    public int FinalAttempt { get; set; }

    public JobProgress? Progress { get; set; }

    /// <summary>The worker and its claim, while it runs.</summary>
    public (string Worker, ClaimedJob Job)? Claim { get; set; }

    /// <summary>Claims that are over.</summary>
    public List<(string Worker, ClaimedJob Job)> Past { get; } = [];

    public bool WasReplayed { get; set; }

    /// <summary>Whether it has ended, be it that it was replayed since.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The flow it is part of; null for a job of its own.</summary>
    public ModelFlow? Flow { get; init; }

    /// <summary>Whether the gate it stands before waits for it no more.</summary>
    public bool IsCounted { get; set; }

    public JsonElement? Result { get; set; }

    /// <summary>Whether it was with a worker, who may or may not have run it.</summary>
    public bool MayHaveBegun => WasReplayed || Past.Count > 0;

    public bool IsLive => State is JobState.Waiting or JobState.Scheduled or JobState.Queued or JobState.Running;

    public int ShownAttempt => State switch
    {
        JobState.Running => FailedAttempts + 1,
        JobState.Waiting or JobState.Scheduled or JobState.Queued => FailedAttempts,
        _ => FinalAttempt,
    };
}
