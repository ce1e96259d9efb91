using System.Runtime.CompilerServices;

namespace LibraryPortal.Jobs;

/// <summary>What a handler may know of its run, and the ways it speaks back. Derive from it to run a handler in line.</summary>
public abstract class JobContext
{
    /// <summary>The job, in whichever run.</summary>
    public abstract JobId Id { get; }

    /// <summary>What this run's work is known by, so that it is done once however many runs come to it: the job's id; where an operator has put other arguments in
    /// place of those the job was accepted with, an id of the job and these arguments.</summary>
    public virtual JobId WorkId => Id;

    /// <summary>1 for the first run. Runs cut short by a crash or a shutdown do not count.</summary>
    public abstract int Attempt { get; }

    /// <summary>The user the job belongs to, if any.</summary>
    public abstract string? Owner { get; }

    /// <summary>When the job was accepted.</summary>
    public abstract DateTimeOffset EnqueuedAt { get; }

    /// <summary>The due time of the schedule that fired the job, however late it runs; null when none did.</summary>
    public virtual DateTimeOffset? ScheduledFor => null;

    /// <summary>The flow the job is part of; null for a job of its own.</summary>
    public virtual FlowId? Flow => null;

    /// <summary>Fires when the job is cancelled, its time limit is over, the worker stops, or the job is no longer this worker's.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>True once someone asked to cancel this job (as against a worker that stops).</summary>
    public abstract bool IsCancelRequested { get; }

    /// <summary>Tells how far the run is. Cheap: calls are merged and sent at most every 100 ms.</summary>
    public abstract ValueTask ReportProgressAsync(long done, long total, string? message = null);

    /// <summary>What the jobs right before this one in its flow came to, in the order they were written; read in pages as it is enumerated, so that there may
    /// be any number. Nothing for the first jobs of a flow and for a job of its own.</summary>
    public virtual IAsyncEnumerable<FlowResult> ParentResultsAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<FlowResult>();

    /// <summary>The results among <see cref="ParentResultsAsync(CancellationToken)"/>: of the jobs that succeeded, and with one.</summary>
    public async IAsyncEnumerable<TResult> ParentResultsAsync<TResult>([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var parent in ParentResultsAsync(cancellationToken))
        {
            if (parent is { State: JobState.Succeeded, Value: not null })
                yield return parent.Read<TResult>();
        }
    }

    /// <summary>Where the last <see cref="SaveCursorAsync"/> of this job, in this run or an earlier one, said it is to go on; default when none did.</summary>
    public virtual TCursor? Cursor<TCursor>() => default;

    /// <summary>Keeps where the job is to go on should this run be cut short: it survives retries, crashes and shutdowns, and goes when the job ends. Small JSON; durable
    /// once the call returns, so call it per batch of work and not per item.</summary>
    /// <exception cref="JobStoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The job is no longer this worker's: stop.</exception>
    public virtual Task SaveCursorAsync<TCursor>(TCursor cursor) => Task.CompletedTask;

    /// <summary>Adds a line to the job's log, which people see beside the job for as long as its record is kept. The last 200 lines are kept, of at most 1,000
    /// characters each; while the store cannot be reached they are dropped.</summary>
    public virtual Task LogAsync(string text) => Task.CompletedTask;

    /// <summary>To be thrown: <c>throw job.Snooze(TimeSpan.FromMinutes(5));</c> ends the run, and the job comes again after the delay with no attempt spent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative or longer than 3,650 days.</exception>
    public JobSnoozedException Snooze(TimeSpan delay) => new(delay);
}
