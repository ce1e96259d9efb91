using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Requests;

/// <summary>Words of the desk's tables.</summary>
internal static class StaffRequestTable
{
    /// <summary>What the time in a row of this state means.</summary>
    public static string WhenHeading(RequestState state) => state switch
    {
        RequestState.Ready => "Collect by",
        RequestState.OnLoan => "Due",
        _ => "Asked",
    };

    public static string Words(StaffTab tab) => tab switch
    {
        StaffTab.ToDecide => "To decide",
        StaffTab.Waiting => "Waiting for a copy",
        StaffTab.Ready => "Ready",
        StaffTab.OnLoan => "On loan",
    };

    /// <summary>What an empty list means.</summary>
    public static string Empty(StaffTab tab) => tab switch
    {
        StaffTab.ToDecide => "Nothing to decide. New requests appear here by themselves.",
        StaffTab.Waiting => "Nobody waits for a copy.",
        StaffTab.Ready => "No copy is set aside. Approve a request, and its copy waits here for the reader.",
        StaffTab.OnLoan => "No requested book is out.",
    };

    /// <summary>The tab's name in the address.</summary>
    public static string Slug(StaffTab tab) => tab switch
    {
        StaffTab.ToDecide => "to-decide",
        StaffTab.Waiting => "waiting",
        StaffTab.Ready => "ready",
        StaffTab.OnLoan => "on-loan",
    };

    public static StaffTab FromSlug(string? slug) => Enum.GetValues<StaffTab>().FirstOrDefault(tab => Slug(tab) == slug, StaffTab.ToDecide);

    public static string Href(StaffTab tab, int page = 1) => page > 1 ? $"/staff/requests?tab={Slug(tab)}&page={page}" : $"/staff/requests?tab={Slug(tab)}";
}
