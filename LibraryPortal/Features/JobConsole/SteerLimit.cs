using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Looks at what named limits allow and changes it, for an admin. The answer to a step is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerLimit(IJobLimits limits, AuditedLimits audited)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer limits.", "admins-only");

    public async Task<Outcome<LimitRecord[]>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return (await limits.ListAsync(cancellationToken)).ToArray();
    }

    /// <param name="name">Of a limit that is known, or of a new one.</param>
    public async Task<Outcome<string>> SetAsync(Caller caller, string name, LimitRule rule, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        try
        {
            await audited.SetAsync(caller, name.Trim(), rule, cancellationToken);
        }
        catch (ArgumentException error)
        {
            return new Refusal(RefusalKind.Invalid, ArgumentSentence.Of(error), "limit-unusable");
        }

        return $"It allows {LimitSentence.Of(rule)} now. Jobs that run go on.";
    }

    public async Task<Outcome<string>> ResetAsync(Caller caller, string name, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        var now = await audited.ResetAsync(caller, name, cancellationToken);
        return now is null ? "Nothing limits these jobs now." : $"It allows {LimitSentence.Of(now.Rule)} again, as declared.";
    }
}
