namespace LibraryPortal.Jobs;

/// <summary>Thrown by a handler that knows another attempt cannot help: the job fails at once and keeps the message.</summary>
public sealed class JobFailedException : Exception
{
    public JobFailedException() : this("The job gave up.") { }

    public JobFailedException(string message) : base(message) { }

    public JobFailedException(string message, Exception innerException) : base(message, innerException) { }
}
