using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <param name="OwnerName">Null when the job has no owner, or the account is gone.</param>
public sealed record ConsoleJob(JobRecord Job, string? OwnerName)
{
    /// <summary>What its runs wrote; read for one job alone.</summary>
    public IReadOnlyList<JobLogLine> Log { get; init; } = [];

    /// <summary>The flow it belongs to; read for one job alone, and null when there is none.</summary>
    public JobFlow? Flow { get; init; }
}

/// <summary>What the console shows at one moment.</summary>
internal sealed record JobBoard(JobCounts Counts, Paged<ConsoleJob> Jobs, IReadOnlyList<QueueRecord> Queues, IReadOnlyList<WorkerRecord> Workers);

/// <summary>Reads jobs, counts and workers for an admin.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class InspectJobs(IJobInspector inspector, IDbContextFactory<PortalDbContext> databases)
{
    readonly OwnerNames _owners = new(databases);

    public const int PageSize = 25;

    /// <summary>Jobs of a flow that are read at a time.</summary>
    public const int FlowPart = 100;

    // The engine's own, of no use to people.
    const string CanaryQueue = "canary";

    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may look at all jobs.", "admins-only");

    public async Task<Outcome<JobBoard>> ReadAsync(Caller caller, JobState state, int page, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        var counts = await inspector.CountAsync(cancellationToken);
        var shown = Paging.Clamp(page, (int)Math.Min(counts[state], int.MaxValue), PageSize);
        var list = await inspector.ListAsync(new JobQuery(state, (shown - 1) * PageSize, PageSize), cancellationToken);
        var names = await _owners.OfAsync(list.Jobs, cancellationToken);
        var jobs = list.Jobs.Select(job => new ConsoleJob(job, OwnerNames.NameOf(names, job))).ToList();
        var workers = await inspector.ListWorkersAsync(cancellationToken);
        return new JobBoard(counts, new Paged<ConsoleJob>(jobs, (int)Math.Min(list.Total, int.MaxValue), shown, PageSize), Join(await inspector.ListQueuesAsync(cancellationToken), workers), workers);
    }

    /// <param name="flowJobs">How many jobs of its flow are read at most.</param>
    /// <returns>The job, or why it is not shown.</returns>
    public async Task<Outcome<ConsoleJob>> FindAsync(Caller caller, JobId id, int flowJobs = FlowPart, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (await inspector.FindAsync(id, cancellationToken) is not { } job)
            return new Refusal(RefusalKind.NotFound, "There is no such job, or its record is no longer kept.", "job-unknown");
        return new ConsoleJob(job, OwnerNames.NameOf(await _owners.OfAsync([job], cancellationToken), job))
        {
            Log = await inspector.ReadLogAsync(id, cancellationToken),
            Flow = job.Envelope.Flow is { } place ? await ReadFlowAsync(place.Flow, flowJobs, cancellationToken) : null,
        };
    }

    async Task<JobFlow?> ReadFlowAsync(FlowId id, int most, CancellationToken cancellationToken)
    {
        // The record of a job may outlive that of its flow.
        if (await inspector.FindFlowAsync(id, cancellationToken) is not { } tree)
            return null;
        List<FlowJob> jobs = [];
        while (jobs.Count < most && await inspector.ListFlowJobsAsync(id, jobs.Count, FlowPart, cancellationToken) is { Count: > 0 } part)
            jobs.AddRange(part);
        return new JobFlow(tree, jobs);
    }

    public async Task<Outcome<WorkerRecord[]>> ListWorkersAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        return (await inspector.ListWorkersAsync(cancellationToken)).ToArray();
    }

    // A queue that is empty now can be paused too: those that workers take from are listed as well.
    static IReadOnlyList<QueueRecord> Join(IReadOnlyList<QueueRecord> queues, IReadOnlyList<WorkerRecord> workers) =>
    [
        .. workers.SelectMany(worker => worker.Queues).Where(name => name != CanaryQueue).Distinct(StringComparer.Ordinal).Select(name => new QueueRecord(name, 0, null))
            .Concat(queues.Where(queue => queue.Name != CanaryQueue)).GroupBy(queue => queue.Name, StringComparer.Ordinal).Select(same => same.Last())
            .OrderBy(queue => queue.Name, StringComparer.Ordinal),
    ];
}
