using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>The lists of the request desk.</summary>
public enum StaffTab
{
    /// <summary>Approve or decline.</summary>
    ToDecide,

    /// <summary>Approved; every copy is out.</summary>
    Waiting,

    /// <summary>Set aside; to hand over.</summary>
    Ready,

    /// <summary>To take back.</summary>
    OnLoan,
}

/// <summary>What each list holds.</summary>
internal static class StaffTabs
{
    public static RequestState State(this StaffTab tab) => tab switch
    {
        StaffTab.ToDecide => RequestState.Pending,
        StaffTab.Waiting => RequestState.Queued,
        StaffTab.Ready => RequestState.Ready,
        StaffTab.OnLoan => RequestState.OnLoan,
    };
}
