using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import;

/// <summary>All imports, newest first.</summary>
internal sealed class ListImports(IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 20;

    public async Task<Outcome<Paged<ImportBatch>>> RunAsync(Caller caller, int page, CancellationToken cancellationToken = default)
    {
        if (ImportRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var total = await database.Imports.CountAsync(cancellationToken);
        page = Paging.Clamp(page, total, PageSize);
        var imports = await database.Imports.AsNoTracking().OrderByDescending(import => import.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        return new Paged<ImportBatch>(imports, total, page, PageSize);
    }
}
