using System.Text.Json;
using LibraryPortal.Jobs.Flows;
using LibraryPortal.Jobs.Stores;

namespace LibraryPortal.Jobs.Worker;

/// <summary>One claimed job in this process, from the claim until its outcome is acknowledged. It is the context its handler sees.</summary>
#pragma warning disable CA1001 // the token source has no timer and no handle; disposing it would race with whoever stops the run
internal sealed class Run(ClaimedJob job, string worker, ProgressFlusher flusher, long claimedAt) : JobContext
#pragma warning restore CA1001
{
    const int LongestMessage = 500;

    CancellationTokenSource? _source;
    int _reasons = job.CancelRequested ? (int)StopReasons.Cancel : 0;
    int _settled;
    JsonElement? _cursor = job.Cursor;
    JobProgress? _progress;
    int _progressWaits;

    public ClaimedJob Job { get; } = job;

    /// <summary>The worker run that claimed it: the one its outcome must come from.</summary>
    public string Worker { get; } = worker;

    /// <summary>When the claim's reply came, by the clock's timestamp.</summary>
    public long ClaimedAt { get; } = claimedAt;

    /// <summary>From when on it may not begin any more, by the clock's timestamp.</summary>
    public long TooLateAt { get; init; } = long.MaxValue;

    public DateTimeOffset StartedAt { get; set; }

    public StopReasons Reasons => (StopReasons)Volatile.Read(ref _reasons);

    public bool Has(StopReasons reason) => (Reasons & reason) == reason;

    public override JobId Id => Job.Envelope.Id;

    public override JobId WorkId => EditedWork.IdOf(Job.Envelope);

    public override int Attempt => Job.Attempt;

    public override string? Owner => Job.Envelope.Owner;

    public override DateTimeOffset EnqueuedAt => Job.Envelope.EnqueuedAt;

    public override DateTimeOffset? ScheduledFor => Job.Envelope.ScheduledFor;

    public override FlowId? Flow => Job.Envelope.Flow?.Flow;

    /// <summary>Reads what came before it in its flow; set for a job that is part of one.</summary>
    public FlowResults? FlowResults { get; set; }

    public override bool IsCancelRequested => Has(StopReasons.Cancel);

    // Made only for handlers that ask: most jobs are over before anyone could stop them.
    public override CancellationToken CancellationToken
    {
        get
        {
            if (Volatile.Read(ref _source) is { } known)
                return known.Token;
            var made = new CancellationTokenSource();
            var source = Interlocked.CompareExchange(ref _source, made, null) ?? made;
            if (Reasons != StopReasons.None)
                source.Cancel();
            return source.Token;
        }
    }

    /// <summary>Tells the handler to stop. Its callbacks run elsewhere: the caller may be the heart, which must not be held up.</summary>
    public void Stop(StopReasons reason)
    {
        if ((Interlocked.Or(ref _reasons, (int)reason) & (int)reason) == 0)
            _ = Volatile.Read(ref _source)?.CancelAsync();
    }

    /// <summary>Writes its cursor and log lines.</summary>
    public RunNotes? Notes { get; init; }

    /// <summary>What becomes of the job is decided: a handler that still runs is not heard any more.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) == 1;

    /// <summary>True for the first who decides what becomes of the job.</summary>
    public bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;

    public override ValueTask ReportProgressAsync(long done, long total, string? message = null)
    {
        Volatile.Write(ref _progress, new JobProgress(done, total, message?.Length > LongestMessage ? message[..LongestMessage] : message));
        RequestFlush();
        return ValueTask.CompletedTask;
    }

    public override IAsyncEnumerable<FlowResult> ParentResultsAsync(CancellationToken cancellationToken = default) =>
        Job.Envelope.Flow is { } place && FlowResults is { } results
            ? results.ReadAsync(place.Flow, place.From, cancellationToken.CanBeCanceled ? cancellationToken : CancellationToken)
            : base.ParentResultsAsync(cancellationToken);

    public override TCursor? Cursor<TCursor>() where TCursor : default =>
        _cursor is { } cursor ? cursor.Deserialize<TCursor>(JobJson.Options)
        : Job.CursorFault is { } fault ? throw new JobFailedException($"Where it was to go on cannot be read any more: {fault} Replayed, it begins anew.")
        : default;

    public override async Task SaveCursorAsync<TCursor>(TCursor cursor)
    {
        var json = JsonSerializer.SerializeToElement(cursor, JobJson.Options);
        if (Notes is not null)
            await Notes.SaveCursorAsync(this, json);
        _cursor = json;
    }

    public override Task LogAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Notes?.LogAsync(this, text) ?? Task.CompletedTask;
    }

    /// <summary>The progress not written yet, which the caller is going to write; null when there is none.</summary>
    public JobProgress? TakeProgress() => Interlocked.Exchange(ref _progressWaits, 0) == 1 ? Volatile.Read(ref _progress) : null;

    /// <summary>The latest progress, for the outcome, with which nothing is left to write; null when nothing was reported. What is under way to the store is in it too:
    /// it may come after the outcome, and then counts no more.</summary>
    public JobProgress? EndProgress()
    {
        Interlocked.Exchange(ref _progressWaits, 0);
        return Volatile.Read(ref _progress);
    }

    /// <summary>Asks the flusher to write the latest progress, once however often it is asked.</summary>
    public void RequestFlush()
    {
        if (Interlocked.Exchange(ref _progressWaits, 1) == 0)
            flusher.Add(this);
    }
}
