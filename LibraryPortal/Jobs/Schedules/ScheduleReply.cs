namespace LibraryPortal.Jobs.Schedules;

/// <summary>What became of a request to steer a schedule.</summary>
public enum ScheduleReply
{
    Done,

    /// <summary>There is no such schedule.</summary>
    Unknown,

    /// <summary>Code declares it, so it cannot be deleted.</summary>
    DeclaredInCode,

    /// <summary>No code declares it, so there is nothing to reset it to.</summary>
    NotDeclared,
}
