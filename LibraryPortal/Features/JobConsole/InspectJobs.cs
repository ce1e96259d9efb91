using System.Globalization;
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
internal sealed record JobBoard(JobCounts Counts, Paged<ConsoleJob> Jobs, IReadOnlyList<QueueRecord> Queues, IReadOnlyList<WorkerRecord> Workers)
{
    /// <summary>False where the search left jobs out that ended longer ago than the latest <see cref="DeadList.Searched"/>.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What a list that is not whole says of itself; null for one that is.</summary>
    public string? Narrowing(JobState state) => IsWhole ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The filter looked at the latest {DeadList.Searched:N0} of {Counts[state]:N0} jobs only: older ones may match too. Running all that match again, or discarding them, takes the older ones in.");
}

/// <summary>Reads jobs, counts and workers for an admin.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class InspectJobs(IJobInspector inspector, IDbContextFactory<PortalDbContext> databases)
{
    readonly OwnerNames _owners = new(databases);
    readonly InspectFlows _flows = new(inspector, databases);

    public const int PageSize = 25;

    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may look at all jobs.", "admins-only");

    /// <param name="search">Which of the jobs that ended without success; null for all of the state.</param>
    /// <param name="page">The first is 1; beyond the last means the last.</param>
    public async Task<Outcome<JobBoard>> ReadAsync(Caller caller, JobState state, int page, DeadSearch? search = null, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        DeadFilter? filter = null;
        if (search is { IsEmpty: false } && DeadSearch.Fits(state) && !search.TryRead(state, out filter, out var problem))
            return new Refusal(RefusalKind.Invalid, problem!, "filter-unreadable");
        var counts = await inspector.CountAsync(cancellationToken);
        var (list, isWhole) = filter is null ? (await PageAsync(state, page, counts, cancellationToken), true) : await SearchAsync(state, page, filter, cancellationToken);
        var names = await _owners.OfAsync(list.Items, cancellationToken);
        var jobs = list.Items.Select(job => new ConsoleJob(job, OwnerNames.NameOf(names, job))).ToList();
        var workers = await inspector.ListWorkersAsync(cancellationToken);
        return new JobBoard(counts, new Paged<ConsoleJob>(jobs, list.Total, list.Page, PageSize), Join(await inspector.ListQueuesAsync(cancellationToken), workers), workers) { IsWhole = isWhole };
    }

    async Task<Paged<JobRecord>> PageAsync(JobState state, int page, JobCounts counts, CancellationToken cancellationToken)
    {
        var shown = Paging.Clamp(page, (int)Math.Min(counts[state], int.MaxValue), PageSize);
        var list = await inspector.ListAsync(new JobQuery(state, (shown - 1) * PageSize, PageSize), cancellationToken);
        return new Paged<JobRecord>(list.Jobs, (int)Math.Min(list.Total, int.MaxValue), shown, PageSize);
    }

    async Task<(Paged<JobRecord> Jobs, bool IsWhole)> SearchAsync(JobState state, int page, DeadFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Owner is { } owner)
            filter = filter with { Owner = await _owners.FindIdAsync(owner, cancellationToken) };
        var found = await DeadList.ReadAsync(inspector, state, filter, cancellationToken);
        var shown = Paging.Clamp(page, found.Jobs.Count, PageSize);
        return (new Paged<JobRecord>([.. found.Jobs.Skip((shown - 1) * PageSize).Take(PageSize)], found.Jobs.Count, shown, PageSize), found.IsWhole);
    }

    /// <param name="flowJobs">How many jobs of its flow are read at most.</param>
    /// <returns>The job, or why it is not shown.</returns>
    public async Task<Outcome<ConsoleJob>> FindAsync(Caller caller, JobId id, int flowJobs = InspectFlows.Part, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (await inspector.FindAsync(id, cancellationToken) is not { } job)
            return new Refusal(RefusalKind.NotFound, "There is no such job, or its record is no longer kept.", "job-unknown");
        return new ConsoleJob(job, OwnerNames.NameOf(await _owners.OfAsync([job], cancellationToken), job))
        {
            Log = await inspector.ReadLogAsync(id, cancellationToken),
            Flow = job.Envelope.Flow is { } place ? await _flows.ReadAsync(place.Flow, flowJobs, cancellationToken) : null,
        };
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
        .. workers.SelectMany(worker => worker.Queues).Distinct(StringComparer.Ordinal).Select(name => new QueueRecord(name, 0, null))
            .Concat(queues).GroupBy(queue => queue.Name, StringComparer.Ordinal).Select(same => same.Last())
            .OrderBy(queue => queue.Name, StringComparer.Ordinal),
    ];
}
