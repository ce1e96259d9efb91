using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Cancels a flow or takes it up again, as a whole, for an admin. The answer is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerFlow(AuditedFlows flows)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer flows.", "admins-only");
    static readonly Refusal Unknown = new(RefusalKind.NotFound, "There is no such flow any more.", "flow-unknown");

    public async Task<Outcome<string>> CancelAsync(Caller caller, FlowId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await flows.CancelAsync(caller, id, cancellationToken) switch
        {
            CancelReply.Cancelled => "Cancelled: what had not ended never will run.",
            CancelReply.Requested => "What waited is cancelled; workers have been told to stop what runs.",
            CancelReply.AlreadyFinal => new Refusal(RefusalKind.Conflict, "It had already ended.", "flow-ended"),
            CancelReply.Unknown => Unknown,
        };
    }

    public async Task<Outcome<string>> RetryAsync(Caller caller, FlowId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await flows.RetryAsync(caller, id, cancellationToken) switch
        {
            RetryReply.Queued => "It goes on: what did not succeed runs again, then what follows.",
            RetryReply.NotRetryable => new Refusal(RefusalKind.Conflict, "It cannot be taken up: it has not ended, all of it succeeded, or the same work is queued already.", "flow-not-retryable"),
            RetryReply.Unknown => Unknown,
        };
    }
}
