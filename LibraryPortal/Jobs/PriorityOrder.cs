namespace LibraryPortal.Jobs;

/// <summary>What a worker makes of priorities.</summary>
public enum PriorityOrder
{
    /// <summary>Higher ones first, and each lower one a share of the claims: none is starved.</summary>
    Fair,

    /// <summary>A lower one only when no higher one has a job ready: it may wait for ever.</summary>
    Strict,
}
