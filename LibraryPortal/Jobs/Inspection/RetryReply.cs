namespace LibraryPortal.Jobs.Inspection;

/// <summary>What became of a request to run a job again.</summary>
public enum RetryReply
{
    Queued,

    /// <summary>It has not ended, or it succeeded; another job has its unique key; or, in a flow, what it takes up is no longer kept, or none before it succeeded: replay those.</summary>
    NotRetryable,

    Unknown,
}
