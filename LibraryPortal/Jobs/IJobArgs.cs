namespace LibraryPortal.Jobs;

/// <summary>Marks a plain JSON record as the arguments of a job that returns nothing.</summary>
public interface IJobArgs;

/// <summary>Marks a plain JSON record as the arguments of a job that returns <typeparamref name="TResult"/>.</summary>
public interface IJobArgs<TResult> : IJobArgs;
