using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Pauses and resumes a queue, for an admin. The answer is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerQueue(AuditedQueues queues)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer queues.", "admins-only");

    public async Task<Outcome<string>> PauseAsync(Caller caller, string queue, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await queues.PauseAsync(caller, queue, cancellationToken) ? "Paused: what runs goes on, nothing new is taken." : "It was paused already.";
    }

    public async Task<Outcome<string>> ResumeAsync(Caller caller, string queue, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await queues.ResumeAsync(caller, queue, cancellationToken) ? "Jobs are taken from it again." : "It was not paused.";
    }
}
