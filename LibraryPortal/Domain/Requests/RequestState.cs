namespace LibraryPortal.Domain.Requests;

/// <summary>Where a request is in its life.</summary>
public enum RequestState
{
    /// <summary>Waits for a librarian's decision.</summary>
    Pending,

    /// <summary>Approved; waits for a copy to come back.</summary>
    Queued,

    /// <summary>A copy is set aside and waits at the desk.</summary>
    Ready,

    /// <summary>The patron has the copy.</summary>
    OnLoan,

    /// <summary>The copy came back.</summary>
    Completed,

    /// <summary>A librarian said no, with a reason.</summary>
    Declined,

    /// <summary>The patron, or a librarian, took it back.</summary>
    Cancelled,

    /// <summary>Nobody could fill it in time.</summary>
    Expired,

    /// <summary>The set-aside copy was not collected in time.</summary>
    PickupExpired,

    /// <summary>Rests until a date and keeps its place.</summary>
    Paused,
}
