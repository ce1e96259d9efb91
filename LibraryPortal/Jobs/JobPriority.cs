namespace LibraryPortal.Jobs;

/// <summary>Which of a queue's jobs goes first. Lower priorities get a share of the claims, so they are never starved, unless a worker is set to be strict.</summary>
public enum JobPriority
{
    Critical = 0,
    High = 1,
    Normal = 2,
    Low = 3,
}
