using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Cancels a job or runs it again, for an admin. The answer is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerJob(IJobInspector inspector)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer jobs.", "admins-only");
    static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no such job any more.", "job-unknown");

    public async Task<Outcome<string>> CancelAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await inspector.CancelAsync(id, cancellationToken) switch
        {
            CancelReply.Cancelled => "Cancelled: it had not started and never will.",
            CancelReply.Requested => "Its worker has been told to stop it.",
            CancelReply.AlreadyFinal => new Refusal(RefusalKind.Conflict, "It had already ended.", "job-ended"),
            CancelReply.Unknown => Unknown,
        };
    }

    public async Task<Outcome<string>> PauseQueueAsync(Caller caller, string queue, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await inspector.PauseQueueAsync(queue, cancellationToken) ? "Paused: what runs goes on, nothing new is taken." : "It was paused already.";
    }

    public async Task<Outcome<string>> ResumeQueueAsync(Caller caller, string queue, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await inspector.ResumeQueueAsync(queue, cancellationToken) ? "Jobs are taken from it again." : "It was not paused.";
    }

    public async Task<Outcome<string>> RetryAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await inspector.RetryAsync(id, cancellationToken) switch
        {
            RetryReply.Queued => "Queued again, with a fresh count of attempts.",
            RetryReply.NotRetryable => new Refusal(
                RefusalKind.Conflict, "It cannot run again: it has not ended, it succeeded, the same work is queued already, or the step of its flow before it did not succeed or is no longer kept.", "job-not-retryable"),
            RetryReply.Unknown => Unknown,
        };
    }
}
