using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>An export as its owner's pages show it.</summary>
/// <param name="Job">What the engine knows of its job while it waits or runs; null when it is over, not handed over yet, or the store is out.</param>
public sealed record ExportView(ReportExport Export, JobRecord? Job)
{
    public JobId JobId => new(Export.JobId);
}

/// <summary>A person's exports, newest first.</summary>
internal sealed class ListMyExports(IDbContextFactory<PortalDbContext> databases, IJobClient jobs, IJobStoreStatus store)
{
    public const int PageSize = 20;

    public async Task<Paged<ExportView>> RunAsync(Caller caller, int page, int size = PageSize, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var mine = database.ReportExports.AsNoTracking().Where(export => export.OwnerId == caller.UserId);
        var total = await mine.CountAsync(cancellationToken);
        var shown = Paging.Clamp(page, total, size);
        var exports = await mine.OrderByDescending(export => export.RequestedAt).ThenBy(export => export.Id)
            .Skip((shown - 1) * size).Take(size)
            .ToListAsync(cancellationToken);
        var views = new List<ExportView>(exports.Count);
        foreach (var export in exports)
            views.Add(new ExportView(export, export.IsActive ? await FindJobAsync(new JobId(export.JobId), cancellationToken) : null));
        return new Paged<ExportView>(views, total, shown, size);
    }

    async Task<JobRecord?> FindJobAsync(JobId id, CancellationToken cancellationToken)
    {
        if (store.Outage is not null)
            return null;
        try
        {
            return await jobs.FindAsync(id, cancellationToken);
        }
        catch (JobStoreUnavailableException)
        {
            // The row is the truth; the job only adds how far it is.
            return null;
        }
    }
}
