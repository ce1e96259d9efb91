using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Does something to a job and says how it went.</summary>
internal static class Steering
{
    public static async Task<Toast> ToastAsync(Func<Task<Outcome<string>>> act)
    {
        try
        {
            var reply = await act();
            return reply.IsAllowed ? new Toast(ToastTone.Success, reply.Value) : new Toast(ToastTone.Error, reply.Refusal.Message);
        }
        catch (JobStoreUnavailableException error)
        {
            return new Toast(ToastTone.Error, $"Nothing was changed. {error.Message}");
        }
    }
}
