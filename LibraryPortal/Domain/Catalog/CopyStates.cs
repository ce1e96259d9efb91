namespace LibraryPortal.Domain.Catalog;

/// <summary>The states of a copy as they stand in a sentence.</summary>
public static class CopyStates
{
    /// <summary>The state in plain words: a copy is <c>set aside for a request</c>.</summary>
    public static string Words(this CopyState state) => state switch
    {
        CopyState.Available => "available",
        CopyState.SetAside => "set aside for a request",
        CopyState.OnLoan => "on loan",
        CopyState.InRepair => "in repair",
        CopyState.Lost => "lost",
        CopyState.Withdrawn => "withdrawn",
    };
}
