namespace LibraryPortal.Jobs.Worker;

/// <summary>Why a run was told to stop. Several may hold at once.</summary>
[Flags]
internal enum StopReasons
{
    None = 0,

    /// <summary>Someone asked to cancel the job.</summary>
    Cancel = 1,

    /// <summary>The worker stops.</summary>
    Shutdown = 2,

    /// <summary>The worker could not renew its lease: the job may be someone else's by now.</summary>
    LeaseExpired = 4,

    /// <summary>The store says the job is someone else's.</summary>
    Gone = 8,

    /// <summary>The run took longer than its time limit.</summary>
    TimeLimit = 16,
}
