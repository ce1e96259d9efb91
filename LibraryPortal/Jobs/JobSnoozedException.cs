namespace LibraryPortal.Jobs;

/// <summary>Thrown by a handler to be run again later without having spent an attempt: what it waits for is not there yet. Made by <see cref="JobContext.Snooze"/>.</summary>
public sealed class JobSnoozedException : Exception
{
    public JobSnoozedException() : this(TimeSpan.FromMinutes(1)) { }

    public JobSnoozedException(string message) : base(message) => Delay = TimeSpan.FromMinutes(1);

    public JobSnoozedException(string message, Exception innerException) : base(message, innerException) => Delay = TimeSpan.FromMinutes(1);

    /// <param name="delay">How long the job is to rest; 0 to 3,650 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public JobSnoozedException(TimeSpan delay) : base($"The job asked to be run again in {delay}.")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, RetryLimits.Longest);
        Delay = delay;
    }

    /// <summary>How long the job is to rest. Default: 1 minute.</summary>
    public TimeSpan Delay { get; }
}
