namespace LibraryPortal.Jobs.Schedules;

/// <summary>What happens at a due time while the run before it has not ended.</summary>
public enum OverlapPolicy
{
    /// <summary>This due time is passed over.</summary>
    Skip,

    /// <summary>It runs once the one before it has ended.</summary>
    Queue,

    /// <summary>The one before it is cancelled, and it runs.</summary>
    CancelPrevious,
}
