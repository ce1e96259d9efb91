namespace LibraryPortal.Jobs;

/// <summary>What became of a request to cancel.</summary>
public enum CancelReply
{
    /// <summary>The job had not started and never will.</summary>
    Cancelled,

    /// <summary>The job runs; its worker has been told and will stop it.</summary>
    Requested,

    /// <summary>The job had already ended.</summary>
    AlreadyFinal,

    /// <summary>There is no such job.</summary>
    Unknown,
}
