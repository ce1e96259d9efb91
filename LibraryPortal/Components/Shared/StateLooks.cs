using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;

namespace LibraryPortal.Components.Shared;

/// <summary>Colour, icon and word of each state of the library's things.</summary>
internal static class StateLooks
{
    public static (BadgeTone Tone, IconName Icon, string Text) Of(RequestState state) => state switch
    {
        RequestState.Pending => (BadgeTone.Info, IconName.Hourglass, "Pending"),
        RequestState.Queued => (BadgeTone.Info, IconName.List, "In the queue"),
        RequestState.Ready => (BadgeTone.Success, IconName.CheckCircle, "Ready to collect"),
        RequestState.OnLoan => (BadgeTone.Neutral, IconName.Book, "On loan"),
        RequestState.Completed => (BadgeTone.Neutral, IconName.Check, "Returned"),
        RequestState.Declined => (BadgeTone.Danger, IconName.CrossCircle, "Declined"),
        RequestState.Cancelled => (BadgeTone.Neutral, IconName.Close, "Cancelled"),
        RequestState.Expired => (BadgeTone.Warning, IconName.Clock, "Expired"),
        RequestState.PickupExpired => (BadgeTone.Warning, IconName.Clock, "Not collected"),
        RequestState.Paused => (BadgeTone.Warning, IconName.Pause, "Paused"),
    };

    public static (BadgeTone Tone, IconName Icon, string Text) Of(CopyState state) => state switch
    {
        CopyState.Available => (BadgeTone.Success, IconName.CheckCircle, "Available"),
        CopyState.SetAside => (BadgeTone.Info, IconName.Inbox, "Set aside"),
        CopyState.OnLoan => (BadgeTone.Warning, IconName.Clock, "On loan"),
        CopyState.InRepair => (BadgeTone.Neutral, IconName.Settings, "In repair"),
        CopyState.Lost => (BadgeTone.Danger, IconName.CrossCircle, "Lost"),
        CopyState.Withdrawn => (BadgeTone.Neutral, IconName.Close, "Withdrawn"),
    };

    public static (BadgeTone Tone, IconName Icon, string Text) Of(ExportState state) => state switch
    {
        ExportState.Queued => (BadgeTone.Info, IconName.Hourglass, "Queued"),
        ExportState.Running => (BadgeTone.Busy, IconName.Spinner, "Running"),
        ExportState.Ready => (BadgeTone.Success, IconName.CheckCircle, "Ready"),
        ExportState.Failed => (BadgeTone.Danger, IconName.Alert, "Failed"),
        ExportState.Cancelled => (BadgeTone.Neutral, IconName.Close, "Cancelled"),
        ExportState.Expired => (BadgeTone.Warning, IconName.Clock, "Expired"),
    };
}
