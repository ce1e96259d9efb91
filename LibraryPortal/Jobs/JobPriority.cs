namespace LibraryPortal.Jobs;

/// <summary>Which of a queue's jobs goes first. Lower priorities get a share of the claims, so they are never starved, unless a worker is set to be strict.</summary>
public enum JobPriority
{
    /// <summary>Before all others.</summary>
    Critical = 0,

    /// <summary>Before what is usual.</summary>
    High = 1,

    /// <summary>What is usual: the default.</summary>
    Normal = 2,

    /// <summary>After all others.</summary>
    Low = 3,
}
