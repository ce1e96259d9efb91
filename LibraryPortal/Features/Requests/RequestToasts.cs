using LibraryPortal.Circulation.Requests;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;

namespace LibraryPortal.Features.Requests;

/// <summary>How the outcome of a change is shown.</summary>
internal static class RequestToasts
{
    public static Toast Of(Outcome<RequestAnswer> outcome) => Of(outcome, done => done.Message);

    public static Toast Of<T>(Outcome<T> outcome, Func<T, string> message) => outcome.IsAllowed
        ? new Toast(ToastTone.Success, message(outcome.Value))
        : new Toast(ToastTone.Error, outcome.Refusal.Message);
}
