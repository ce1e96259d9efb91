using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <param name="OwnerName">Null when the flow has no owner, or the account is gone.</param>
public sealed record ConsoleFlow(FlowRecord Flow, string? OwnerName);

/// <summary>Reads flows for an admin.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class InspectFlows(IJobInspector inspector, IDbContextFactory<PortalDbContext> databases)
{
    readonly OwnerNames _owners = new(databases);

    public const int PageSize = 25;

    /// <summary>Jobs of a flow that are read at a time.</summary>
    public const int Part = 100;

    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may look at all flows.", "admins-only");

    /// <param name="ended">Flows that have ended, the latest first; else those that go on.</param>
    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<Paged<ConsoleFlow>>> ListAsync(Caller caller, bool ended, int page, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        var shown = Math.Max(1, page);
        var list = await ReadAsync();
        if (Paging.Clamp(shown, Total(), PageSize) is var last && last < shown)
        {
            shown = last;
            list = await ReadAsync();
        }

        var names = await _owners.OfAsync(list.Flows.Select(static flow => flow.Owner), cancellationToken);
        return new Paged<ConsoleFlow>([.. list.Flows.Select(flow => new ConsoleFlow(flow, flow.Owner is { } owner ? names.GetValueOrDefault(owner) : null))], Total(), shown, PageSize);

        Task<LibraryPortal.Jobs.Inspection.FlowPage> ReadAsync() => inspector.ListFlowsAsync(new FlowQuery(ended, (shown - 1) * PageSize, PageSize), cancellationToken);
        int Total() => (int)Math.Min(list.Total, int.MaxValue);
    }

    /// <param name="most">How many of its jobs are read at most, in steps of <see cref="Part"/>.</param>
    public async Task<Outcome<JobFlow>> FindAsync(Caller caller, FlowId id, int most = Part, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return await ReadAsync(id, most, cancellationToken) is { } flow ? flow : new Refusal(RefusalKind.NotFound, "There is no such flow, or its record is no longer kept.", "flow-unknown");
    }

    /// <inheritdoc cref="FindAsync"/>
    /// <returns>Null for a flow that is not kept: the record of a job may outlive that of its flow.</returns>
    internal async Task<JobFlow?> ReadAsync(FlowId id, int most, CancellationToken cancellationToken)
    {
        if (await inspector.FindFlowAsync(id, cancellationToken) is not { } tree)
            return null;
        List<FlowJob> jobs = [];
        while (jobs.Count < most && await inspector.ListFlowJobsAsync(id, jobs.Count, Part, cancellationToken) is { Count: > 0 } part)
            jobs.AddRange(part);
        return new JobFlow(tree, jobs);
    }
}
