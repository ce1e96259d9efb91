namespace LibraryPortal.Jobs;

/// <summary>The store cannot take this one job, though it takes others: no outage, and nothing that trying again soon would mend. The message says why, and the remedy.</summary>
public sealed class JobRefusedException : ArgumentException
{
    public JobRefusedException() : this("The job store refuses the job.") { }

    public JobRefusedException(string message) : base(message) { }

    public JobRefusedException(string message, Exception innerException) : base(message, innerException) { }
}
