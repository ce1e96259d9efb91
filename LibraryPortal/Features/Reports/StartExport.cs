using System.Data;
using LibraryPortal.Data;
using LibraryPortal.Data.Outbox;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Identity;
using LibraryPortal.Jobs;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <param name="IsNew">False when the same report was already waiting or running and is returned instead.</param>
internal sealed record StartedExport(Guid ExportId, JobId JobId, bool IsNew);

/// <summary>Accepts an export: its row and its job in one transaction. What everyone who starts one shares.</summary>
internal sealed class StartExport(
    IDbContextFactory<PortalDbContext> databases, IJobClient jobs, OutboxSignal outbox, ILiveBoard board, ExportQuota quota, TimeProvider time)
{
    /// <param name="filter">The name of a request state, or empty for all.</param>
    public async Task<Outcome<StartedExport>> RunAsync(Caller caller, string ownerId, string filter, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await TryStartAsync(caller, ownerId, filter, cancellationToken);
            }
            catch (DbUpdateException error) when (error.IsUniqueViolation())
            {
                // Another click was first by a moment: the next look finds its export, or its end.
            }
        }
    }

    async Task<Outcome<StartedExport>> TryStartAsync(Caller caller, string ownerId, string filter, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var active = await database.ReportExports.AsNoTracking()
            .Where(export => export.OwnerId == ownerId && (export.State == ExportState.Queued || export.State == ExportState.Running))
            .ToListAsync(cancellationToken);
        if (active.Find(export => export is { Kind: ReportKind.MyRequests, Format: ExportFormat.Csv } && export.Filter == filter) is { } same)
            return new StartedExport(same.Id, new JobId(same.JobId), IsNew: false);
        if (await quota.RefuseAsync(database, ownerId, active.Count, cancellationToken) is { } refusal)
            return refusal;

        var export = new ReportExport
        {
            Id = Guid.NewGuid(),
            OwnerId = ownerId,
            RequestedById = caller.UserId,
            Kind = ReportKind.MyRequests,
            Format = ExportFormat.Csv,
            Filter = filter,
            State = ExportState.Queued,
            JobId = JobId.New(time).Value,
            RequestedAt = time.GetUtcNow(),
        };
        var id = new JobId(export.JobId);
        database.ReportExports.Add(export);
        database.EnqueueOnSave(jobs.Prepare(new ExportReport(export.Id), job => job.Id(id).Owner(ownerId)));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Notify();
        board.Publish(new ExportChanged(ownerId, export.Id));
        return new StartedExport(export.Id, id, IsNew: true);
    }
}
