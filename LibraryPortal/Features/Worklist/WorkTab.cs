namespace LibraryPortal.Features.Worklist;

/// <summary>The lists of the librarian's work with requests.</summary>
public enum WorkTab
{
    /// <summary>Approve, link or decline.</summary>
    ToDecide,

    /// <summary>Set aside; waits for its reader.</summary>
    Ready,

    /// <summary>Cannot go on by itself, or ended unfilled lately.</summary>
    Problems,

    /// <summary>Approved or paused; waits for a copy.</summary>
    Waiting,
}
