using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Features.Worklist;

/// <summary>Words and addresses of the work lists.</summary>
internal static class WorkWords
{
    public static string Of(WorkTab tab) => tab switch
    {
        WorkTab.ToDecide => "To decide",
        WorkTab.Ready => "Ready",
        WorkTab.Problems => "Problems",
        WorkTab.Waiting => "Waiting for a copy",
    };

    /// <summary>What an empty list means.</summary>
    public static string Empty(WorkTab tab) => tab switch
    {
        WorkTab.ToDecide => "Nothing to decide. New requests appear here by themselves.",
        WorkTab.Ready => "No copy is set aside. Approve a request, and its copy waits here for the reader.",
        WorkTab.Problems => "No request is stuck, and none has ended unfilled lately.",
        WorkTab.Waiting => "Nobody waits for a copy.",
    };

    /// <summary>The list's name in the address.</summary>
    public static string Slug(WorkTab tab) => tab switch
    {
        WorkTab.ToDecide => "to-decide",
        WorkTab.Ready => "ready",
        WorkTab.Problems => "problems",
        WorkTab.Waiting => "waiting",
    };

    public static WorkTab FromSlug(string? slug) => Enum.GetValues<WorkTab>().FirstOrDefault(tab => Slug(tab) == slug, WorkTab.ToDecide);

    public static string Href(WorkTab tab, int page = 1) => page > 1 ? $"/staff/requests?tab={Slug(tab)}&page={page}" : $"/staff/requests?tab={Slug(tab)}";

    /// <summary>What a librarian needs to know of the copies.</summary>
    public static string Copies(WorkRow row) => row switch
    {
        { TitleId: null } => "Not in the catalogue",
        { LendableCopies: 0 } => "No copy that can be lent",
        _ => $"{row.FreeCopies} of {row.LendableCopies} free{(row.Waiting > 0 ? $", {row.Waiting} waiting" : "")}",
    };

    /// <summary>Why it is among the problems.</summary>
    public static string Problem(WorkRow row, LibraryZone zone) => row.State switch
    {
        RequestState.Expired => $"Nobody could fill it by {zone.Say(row.ClosedAt ?? row.RequestedAt)}.",
        RequestState.PickupExpired => $"Not collected; given up on {zone.Say(row.ClosedAt ?? row.RequestedAt)}.",
        RequestState.Ready => $"Not collected by {zone.Say(row.CollectBy ?? row.RequestedAt)}. The copy goes to the next tonight.",
        RequestState.Queued => "The library has no copy of it that can be lent. Add a copy, or cancel it with a reason.",
        _ => "The library has no copy of it that can be lent. Add a copy, or decline.",
    };
}
