namespace LibraryPortal.Domain.Catalog;

/// <summary>Where a copy is in its life.</summary>
public enum CopyState
{
    /// <summary>On the shelf, free for the next request.</summary>
    Available,

    /// <summary>Kept at the desk for one request that is ready to collect.</summary>
    SetAside,

    /// <summary>With a patron.</summary>
    OnLoan,

    /// <summary>With the binder; comes back.</summary>
    InRepair,

    /// <summary>Nobody knows where; may be found.</summary>
    Lost,

    /// <summary>No longer part of the collection.</summary>
    Withdrawn,
}
