using System.Text.Json;

namespace LibraryPortal.Jobs;

/// <summary>The producer's side of the engine. Once a call returns, the job survives a kill of any process.</summary>
/// <remarks>Calls throw <see cref="JobStoreUnavailableException"/> while the store cannot be reached, and <see cref="ArgumentException"/> for a job the
/// engine refuses (no handler type known by that name, arguments that are not plain JSON or too large, an option out of range), a <see cref="JobRefusedException"/> where
/// it is the store that does. Of many, any of the others may have been accepted.</remarks>
public interface IJobClient
{
    /// <summary>Accepts one job (Celery's <c>delay</c>; with options, <c>apply_async</c>). Concurrent calls share round trips.</summary>
    Task<JobHandle> EnqueueAsync(IJobArgs args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="EnqueueAsync(IJobArgs, Action{JobOptions}?, CancellationToken)"/>
    Task<JobHandle<TResult>> EnqueueAsync<TResult>(IJobArgs<TResult> args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Accepts many jobs in their order, in chunks of which a few are under way at once. Each chunk is accepted as a whole or not at all.</summary>
    /// <exception cref="EnqueueInterruptedException">The store failed in between; it says which jobs were accepted.</exception>
    Task<IReadOnlyList<JobHandle>> EnqueueManyAsync(IEnumerable<IJobArgs> args, Action<JobOptions>? options = null, CancellationToken cancellationToken = default);

    /// <summary>Checks and serialises a job without handing it over: what an outbox stores.</summary>
    JobEnvelope Prepare(IJobArgs args, Action<JobOptions>? options = null);

    /// <summary>The same for a job known by its name alone, for consoles and command lines. Arguments must fit the job's type: nothing missing, nothing unknown.</summary>
    JobEnvelope Prepare(string name, JsonElement args, Action<JobOptions>? options = null);

    /// <summary>Hands over prepared jobs. Repeating it with the same ids is harmless.</summary>
    /// <exception cref="EnqueueInterruptedException">The store failed in between; it says which jobs were accepted.</exception>
    Task<IReadOnlyList<JobHandle>> SubmitAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default);

    /// <summary>The job as it is now, out of the history once the store has dropped it; null for an unknown id, or where no history is kept.</summary>
    Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Waits until the job is final. An id the store does not know yet is waited for too: it may still lie in an outbox; so is a store that is out.</summary>
    /// <exception cref="TimeoutException">It was not finished in time; the job goes on.</exception>
    Task<JobRecord> WaitAsync(JobId id, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Cancels a job that is not final. Durable: it holds even when no worker lives at that moment.</summary>
    Task<CancelReply> CancelAsync(JobId id, CancellationToken cancellationToken = default);
}
