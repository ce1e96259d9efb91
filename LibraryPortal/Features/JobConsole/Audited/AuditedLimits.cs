using LibraryPortal.Collection;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Changes what limits allow in somebody's name, with an entry in the audit: what held before, and what holds now.</summary>
/// <remarks>Whether the caller may is asked before.</remarks>
internal sealed class AuditedLimits(IJobLimits limits, SteeringRecord record)
{
    /// <inheritdoc cref="IJobLimits.SetAsync"/>
    public async Task SetAsync(Caller caller, string name, LimitRule rule, CancellationToken cancellationToken = default)
    {
        var before = await FindAsync(name, cancellationToken);
        await limits.SetAsync(name, rule, WholeStep.Begin(cancellationToken));
        await WriteAsync(caller, "limit.set", name, before?.Rule, rule);
    }

    /// <returns>What holds now; null when nothing does.</returns>
    public async Task<LimitRecord?> ResetAsync(Caller caller, string name, CancellationToken cancellationToken = default)
    {
        var before = await FindAsync(name, cancellationToken);
        await limits.ResetAsync(name, WholeStep.Begin(cancellationToken));
        var now = await FindAsync(name, CancellationToken.None);
        await WriteAsync(caller, "limit.reset", name, before?.Rule, now?.Rule);
        return now;
    }

    async Task<LimitRecord?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await limits.ListAsync(cancellationToken)).FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    async Task WriteAsync(Caller caller, string action, string name, LimitRule? before, LimitRule? after)
    {
        if (before != after)
            await record.WriteAsync(caller, action, AuditSubject.Limit, name, name, Json(before), Json(after));
    }

    static string? Json(LimitRule? rule) => rule is null ? null : AuditJson.Of(("allows", LimitSentence.Of(rule)));
}
