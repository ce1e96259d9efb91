namespace LibraryPortal.Jobs;

/// <summary>Where a flow as a whole is. The rules are in <c>Jobs/README.md</c>.</summary>
public enum FlowState
{
    /// <summary>Some of its jobs have not ended.</summary>
    Running,

    /// <summary>It was cancelled or has failed, and jobs that were running are being stopped.</summary>
    Stopping,

    /// <summary>All its jobs have ended, and its last step succeeded, in part at least.</summary>
    Succeeded,

    /// <summary>All its jobs have ended, and not as they should.</summary>
    Failed,

    /// <summary>All its jobs have ended, because someone asked for it.</summary>
    Cancelled,
}
