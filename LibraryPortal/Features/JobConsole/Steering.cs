using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Does something to jobs and says how it went.</summary>
internal static class Steering
{
    public static Task<Toast> ToastAsync(Func<Task<Outcome<string>>> act) => ToastAsync(act, Unsure);

    /// <summary>For a step over many jobs, which goes on in parts.</summary>
    public static Task<Toast> ToastOfManyAsync(Func<Task<Outcome<string>>> act) =>
        ToastAsync(act, static error => $"{error.Message} Some of it may have been done; look again before you repeat it.");

    /// <summary>What is said of a step whose end is not known: one that timed out may have been done.</summary>
    public static string Unsure(JobStoreUnavailableException error) => $"{error.Message} It may have been done all the same; look again before you repeat it.";

    static async Task<Toast> ToastAsync(Func<Task<Outcome<string>>> act, Func<JobStoreUnavailableException, string> unsure)
    {
        try
        {
            var reply = await act();
            return reply.IsAllowed ? new Toast(ToastTone.Success, reply.Value) : new Toast(ToastTone.Error, reply.Refusal.Message);
        }
        catch (JobStoreUnavailableException error)
        {
            return new Toast(ToastTone.Error, unsure(error));
        }
    }
}
