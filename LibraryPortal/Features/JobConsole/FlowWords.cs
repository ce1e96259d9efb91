using System.Globalization;
using LibraryPortal.Components.Shared;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Colour, icon and words of a flow as a whole.</summary>
internal static class FlowWords
{
    public static (BadgeTone Tone, IconName Icon, string Text, string Hint) Of(FlowState state) => state switch
    {
        FlowState.Running => (BadgeTone.Busy, IconName.Spinner, "Going on", "Some of its jobs have not ended."),
        FlowState.Stopping => (BadgeTone.Warning, IconName.Stop, "Stopping", "It was cancelled or has failed; what runs is being stopped."),
        FlowState.Succeeded => (BadgeTone.Success, IconName.CheckCircle, "Succeeded", "All its jobs have ended, and its last step succeeded."),
        FlowState.Failed => (BadgeTone.Danger, IconName.Alert, "Failed", "All its jobs have ended, and not as they should. It can be taken up again."),
        FlowState.Cancelled => (BadgeTone.Neutral, IconName.Close, "Cancelled", "Stopped on request. It can be taken up again."),
    };

    /// <summary>What became of its jobs so far: "3 succeeded, 1 failed, 2 to go".</summary>
    public static string Jobs(FlowRecord flow)
    {
        (int Count, string Word)[] parts = [(flow.Failed, "failed"), (flow.Cancelled, "cancelled"), (flow.Total - flow.Finished, "to go")];
        return string.Join(", ", parts.Where(static part => part.Count > 0).Prepend((Count: flow.Succeeded, Word: "succeeded")).Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Count:N0} {part.Word}")));
    }

    public static bool CanCancel(FlowRecord flow) => flow.State == FlowState.Running;

    public static bool CanRetry(FlowRecord flow) => flow.IsFinal && flow.Succeeded < flow.Total;
}
