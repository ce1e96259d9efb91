using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>A finished report, open for reading. Whoever gets it closes the stream.</summary>
internal sealed record OpenedExport(FileStream Content, string FileName, string ContentType);

/// <summary>Opens the file of an export for its owner or a librarian.</summary>
internal sealed class OpenExportFile(IDbContextFactory<PortalDbContext> databases, ReportFiles files, TimeProvider time)
{
    public async Task<Outcome<OpenedExport>> RunAsync(Caller caller, Guid exportId, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var export = await database.ReportExports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == exportId, cancellationToken);
        if (export is null || !caller.MaySee(export.OwnerId))
            return ExportRefusals.NotFound;
        return export.State switch
        {
            ExportState.Queued or ExportState.Running => new Refusal(RefusalKind.Conflict, "This export is not ready yet. Its file can be downloaded once it is.", "export-not-ready"),
            ExportState.Failed => new Refusal(RefusalKind.Conflict, "This export failed, so it has no file. Run it again.", "export-failed"),
            ExportState.Cancelled => new Refusal(RefusalKind.Conflict, "This export was cancelled, so it has no file. Run it again.", "export-cancelled"),
            ExportState.Expired => ExportRefusals.FileGone,
            ExportState.Ready => Open(export),
        };
    }

    Outcome<OpenedExport> Open(ReportExport export) =>
        export.ExpiresAt <= time.GetUtcNow() || files.Open(export.StoredName!) is not { } content
            ? ExportRefusals.FileGone
            : new OpenedExport(content, export.FileName!, "text/csv; charset=utf-8");
}
