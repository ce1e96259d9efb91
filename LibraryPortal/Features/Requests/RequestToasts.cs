using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Requests;

/// <summary>How the outcome of a change is shown.</summary>
internal static class RequestToasts
{
    public static Toast Of(Outcome<RequestAnswer> outcome) => outcome.IsAllowed
        ? new Toast(ToastTone.Success, outcome.Value.Message)
        : new Toast(ToastTone.Error, outcome.Refusal.Message);
}
