namespace LibraryPortal.Jobs;

/// <summary>Does the work of a job that returns nothing. Created in a scope of its own for each run; may run more than once.</summary>
public interface IJobHandler<in TArgs> where TArgs : IJobArgs
{
    /// <summary>Runs the job. Returning means success; an exception means another attempt, <see cref="JobFailedException"/> the end.</summary>
    Task RunAsync(TArgs args, JobContext job);
}

/// <summary>Does the work of a job that returns a result. Created in a scope of its own for each run; may run more than once.</summary>
public interface IJobHandler<in TArgs, TResult> where TArgs : IJobArgs<TResult>
{
    /// <inheritdoc cref="IJobHandler{TArgs}.RunAsync"/>
    Task<TResult> RunAsync(TArgs args, JobContext job);
}
