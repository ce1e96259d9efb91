using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Identity;
using LibraryPortal.Live;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>Throws away a file from which nothing was imported.</summary>
internal sealed class DiscardImport(IDbContextFactory<PortalDbContext> databases, ImportFiles files, ILiveBoard board)
{
    public async Task<Outcome<int>> RunAsync(Caller caller, int importId, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var batch = await database.Imports.AsNoTracking().FirstOrDefaultAsync(import => import.Id == importId, cancellationToken);
        if (batch is null)
            return ImportRefusals.NotFound;
        var removed = await database.Imports
            .Where(import => import.Id == importId && (import.State == ImportState.Uploaded || import.State == ImportState.Checked))
            .ExecuteDeleteAsync(cancellationToken);
        if (removed == 0)
            return new Refusal(RefusalKind.Conflict, "Rows of this file were imported, so it stays in the list. It can be undone.", "import-state");
        files.Delete(batch.StoredName);
        files.DeleteFindings(importId);
        board.Publish(new ImportChanged(importId));
        return importId;
    }
}
