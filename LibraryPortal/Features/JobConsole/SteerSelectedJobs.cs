using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Cancels, runs again or discards several jobs picked by hand, for an admin. The answer is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerSelectedJobs(AuditedDeadJobs jobs)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer jobs.", "admins-only");

    public async Task<Outcome<string>> CancelAsync(Caller caller, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken = default) =>
        caller.IsAdmin ? ManyJobsSentence.Of(await jobs.CancelAsync(caller, ids, cancellationToken), "cancelled, or told to stop") : AdminsOnly;

    public async Task<Outcome<string>> RetryAsync(Caller caller, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken = default) =>
        caller.IsAdmin ? ManyJobsSentence.Of(await jobs.RetryAsync(caller, ids, cancellationToken), "queued again") : AdminsOnly;

    public async Task<Outcome<string>> DiscardAsync(Caller caller, IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken = default) =>
        caller.IsAdmin ? ManyJobsSentence.Of(await jobs.DiscardAsync(caller, ids, cancellationToken), "discarded") : AdminsOnly;
}
