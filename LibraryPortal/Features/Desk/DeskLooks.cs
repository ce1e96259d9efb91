using LibraryPortal.Components.Shared;

namespace LibraryPortal.Features.Desk;

/// <summary>Class, icon and the name a browser's script knows of each tone.</summary>
internal static class DeskLooks
{
    public static (string Class, IconName Icon) Of(DeskTone tone) => tone switch
    {
        DeskTone.Done => ("done", IconName.CheckCircle),
        DeskTone.Alert => ("look", IconName.Inbox),
        DeskTone.Refused => ("refused", IconName.Alert),
        DeskTone.Told => ("told", IconName.Info),
    };

    /// <summary>What the script of the page plays.</summary>
    public static string Sound(DeskTone tone) => tone switch
    {
        DeskTone.Done or DeskTone.Told => "done",
        DeskTone.Alert => "alert",
        DeskTone.Refused => "refused",
    };
}
