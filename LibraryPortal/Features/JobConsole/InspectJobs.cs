using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Jobs.Inspection;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <param name="OwnerName">Null when the job has no owner, or the account is gone.</param>
public sealed record ConsoleJob(JobRecord Job, string? OwnerName);

/// <summary>What the console shows at one moment.</summary>
internal sealed record JobBoard(JobCounts Counts, Paged<ConsoleJob> Jobs, IReadOnlyList<WorkerRecord> Workers);

/// <summary>Reads jobs, counts and workers for an admin.</summary>
/// <remarks>Every call throws <see cref="JobStoreUnavailableException"/> while the store cannot be reached.</remarks>
internal sealed class InspectJobs(IJobInspector inspector, IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 25;

    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may look at all jobs.", "admins-only");

    public async Task<Outcome<JobBoard>> ReadAsync(Caller caller, JobState state, int page, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        var counts = await inspector.CountAsync(cancellationToken);
        var shown = Paging.Clamp(page, (int)Math.Min(counts[state], int.MaxValue), PageSize);
        var list = await inspector.ListAsync(new JobQuery(state, (shown - 1) * PageSize, PageSize), cancellationToken);
        var names = await NamesAsync(list.Jobs, cancellationToken);
        var jobs = list.Jobs.Select(job => new ConsoleJob(job, NameOf(names, job))).ToList();
        var workers = await inspector.ListWorkersAsync(cancellationToken);
        return new JobBoard(counts, new Paged<ConsoleJob>(jobs, (int)Math.Min(list.Total, int.MaxValue), shown, PageSize), workers);
    }

    /// <returns>The job, or why it is not shown.</returns>
    public async Task<Outcome<ConsoleJob>> FindAsync(Caller caller, JobId id, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (await inspector.FindAsync(id, cancellationToken) is not { } job)
            return new Refusal(RefusalKind.NotFound, "There is no such job, or its record is no longer kept.", "job-unknown");
        return new ConsoleJob(job, NameOf(await NamesAsync([job], cancellationToken), job));
    }

    async Task<Dictionary<string, string>> NamesAsync(IReadOnlyList<JobRecord> jobs, CancellationToken cancellationToken)
    {
        var owners = jobs.Select(job => job.Envelope.Owner).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (owners.Count == 0)
            return [];
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Users.Where(user => owners.Contains(user.Id))
            .Select(user => new { user.Id, Name = user.DisplayName != "" ? user.DisplayName : user.UserName ?? "" })
            .ToDictionaryAsync(user => user.Id, user => user.Name, StringComparer.Ordinal, cancellationToken);
    }

    static string? NameOf(Dictionary<string, string> names, JobRecord job) => job.Envelope.Owner is { } owner ? names.GetValueOrDefault(owner) : null;
}
