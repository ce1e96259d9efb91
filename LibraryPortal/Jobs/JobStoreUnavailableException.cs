namespace LibraryPortal.Jobs;

/// <summary>The store cannot be reached or refuses to write. Nothing was lost; the message names the address and the remedy.</summary>
public class JobStoreUnavailableException : Exception
{
    public JobStoreUnavailableException() : this("The job store cannot be reached.") { }

    public JobStoreUnavailableException(string message) : base(message) { }

    public JobStoreUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
