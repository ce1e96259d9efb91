using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>Asks for the same report anew, with the data of now. The earlier export stays as it is.</summary>
internal sealed class RunExportAgain(IDbContextFactory<PortalDbContext> databases, StartExport start)
{
    public async Task<Outcome<StartedExport>> RunAsync(Caller caller, Guid exportId, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var export = await database.ReportExports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == exportId, cancellationToken);
        if (export is null || !caller.MaySee(export.OwnerId))
            return ExportRefusals.NotFound;
        return await start.RunAsync(caller, export.OwnerId, export.Filter, cancellationToken);
    }
}
