namespace LibraryPortal.Jobs;

/// <summary>What enqueuing returns: the job's id, and whether this call made it or an equal one was already there.</summary>
public class JobHandle(IJobClient client, JobId id, bool isNew)
{
    /// <summary>The job that is there now: the one made, or the one that already existed.</summary>
    public JobId Id { get; } = id;

    /// <summary>False when a unique key or a repeated id led to a job that already existed.</summary>
    public bool IsNew { get; } = isNew;

    /// <summary>The job as it is now; null once its record has expired.</summary>
    public Task<JobRecord?> FindAsync(CancellationToken cancellationToken = default) => client.FindAsync(Id, cancellationToken);

    /// <inheritdoc cref="IJobClient.WaitAsync"/>
    public Task<JobRecord> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        client.WaitAsync(Id, timeout, cancellationToken);
}

/// <summary>A <see cref="JobHandle"/> that knows the type of the result.</summary>
public sealed class JobHandle<TResult>(IJobClient client, JobId id, bool isNew) : JobHandle(client, id, isNew)
{
    /// <summary>Waits for the result (Celery's <c>AsyncResult.get()</c>).</summary>
    /// <exception cref="TimeoutException">It was not finished in time; the job goes on.</exception>
    /// <exception cref="JobFailedException">It ended without a result; the message says how.</exception>
    public async Task<TResult> WaitForResultAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var record = await WaitAsync(timeout, cancellationToken);
        return record.State == JobState.Succeeded
            ? record.ReadResult<TResult>()
            : throw new JobFailedException($"Job {Id} ended as {record.State}: {record.Error ?? "no error was kept"}");
    }
}
