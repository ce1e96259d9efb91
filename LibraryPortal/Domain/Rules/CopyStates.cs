using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Rules;

/// <summary>The states of a copy as they stand in a sentence.</summary>
static class CopyStates
{
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
