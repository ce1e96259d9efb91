namespace LibraryPortal.Jobs.Schedules;

/// <summary>What happens at a due time while the run before it has not ended. Where several due times are fired at once (after an outage), each counts as the run
/// before the next: to skip and to cancel the previous both come to one run, for the latest.</summary>
public enum OverlapPolicy
{
    /// <summary>This due time is passed over.</summary>
    Skip,

    /// <summary>It runs once the one before it has ended.</summary>
    Queue,

    /// <summary>The one before it is cancelled, and it runs.</summary>
    CancelPrevious,

    /// <summary>It runs beside the one before it.</summary>
    Allow,
}
