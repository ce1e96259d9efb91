using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Features.JobConsole.Audited;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <param name="Jobs">How many there are.</param>
/// <param name="AsOf">Those that ended before this moment: a step confirmed later is for them alone.</param>
internal sealed record DeadCount(int Jobs, DateTimeOffset AsOf);

/// <summary>Runs again or discards all jobs that a search names, for an admin: counted first. The answer is the sentence the page shows.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class SteerDeadJobs(IJobInspector inspector, AuditedDeadJobs jobs, IDbContextFactory<PortalDbContext> databases, TimeProvider clock)
{
    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may steer jobs.", "admins-only");

    readonly OwnerNames _owners = new(databases);

    public async Task<Outcome<DeadCount>> CountAsync(Caller caller, JobState state, DeadSearch search, CancellationToken cancellationToken = default)
    {
        // One that ended this very moment is in it too.
        var now = clock.GetUtcNow().AddMilliseconds(1);
        var filter = await ReadAsync(caller, state, search, now, cancellationToken);
        return filter.IsAllowed ? new DeadCount(await inspector.CountDeadAsync(filter.Value, cancellationToken), now) : filter.Refusal;
    }

    /// <param name="asOf">From the count.</param>
    /// <param name="perSecond">At most so many a second; null: all at once.</param>
    public async Task<Outcome<string>> RetryAsync(Caller caller, JobState state, DeadSearch search, DateTimeOffset asOf, double? perSecond, CancellationToken cancellationToken = default)
    {
        var filter = await ReadAsync(caller, state, search, asOf, cancellationToken);
        if (!filter.IsAllowed)
            return filter.Refusal;
        try
        {
            var reply = await jobs.RetryAsync(caller, filter.Value, perSecond, cancellationToken);
            return ManyJobsSentence.Of(reply, perSecond is null ? "queued again" : string.Create(CultureInfo.InvariantCulture, $"queued again, at most {perSecond} a second"));
        }
        catch (ArgumentException error)
        {
            return new Refusal(RefusalKind.Invalid, ArgumentSentence.Of(error), "rate-unusable");
        }
    }

    /// <param name="asOf">From the count.</param>
    public async Task<Outcome<string>> DiscardAsync(Caller caller, JobState state, DeadSearch search, DateTimeOffset asOf, CancellationToken cancellationToken = default)
    {
        var filter = await ReadAsync(caller, state, search, asOf, cancellationToken);
        return filter.IsAllowed ? ManyJobsSentence.Of(await jobs.DiscardAsync(caller, filter.Value, cancellationToken), "discarded") : filter.Refusal;
    }

    async Task<Outcome<DeadFilter>> ReadAsync(Caller caller, JobState state, DeadSearch search, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (!DeadSearch.Fits(state))
            return new Refusal(RefusalKind.Invalid, "Only jobs that ended without success can be run again or discarded.", "state-unfit");
        if (!search.TryRead(state, out var filter, out var problem))
            return new Refusal(RefusalKind.Invalid, problem!, "filter-unreadable");
        return filter with
        {
            Owner = filter.Owner is { } owner ? await _owners.FindIdAsync(owner, cancellationToken) : null,
            To = filter.To < asOf ? filter.To : asOf,
        };
    }
}
