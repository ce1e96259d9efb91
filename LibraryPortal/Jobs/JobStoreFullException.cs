namespace LibraryPortal.Jobs;

/// <summary>The store has no room for anything new and refused the call. That is no outage: what is there is still run and ended. The message names the address and the remedy.</summary>
public sealed class JobStoreFullException : JobStoreUnavailableException
{
    public JobStoreFullException() : this("The job store has no room for anything new.") { }

    public JobStoreFullException(string message) : base(message) { }

    public JobStoreFullException(string message, Exception innerException) : base(message, innerException) { }
}
