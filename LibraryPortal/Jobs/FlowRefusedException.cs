namespace LibraryPortal.Jobs;

/// <summary>A flow was not accepted, and nothing of it: one of its jobs has a unique key or an id that another job has. The message says which.</summary>
public sealed class FlowRefusedException : Exception
{
    public FlowRefusedException(string message) : base(message)
    {
    }

    public FlowRefusedException() : this("The flow was refused.")
    {
    }

    public FlowRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The job that is in the way; null where none is.</summary>
    public JobId? Holder { get; init; }
}
