using LibraryPortal.Circulation;
using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Worklist;

/// <summary>A copy a librarian may pick.</summary>
public sealed record FreeCopy(string Barcode, string? Shelf);

/// <summary>The copies of a title that stand on the shelf, for a librarian who picks one.</summary>
internal sealed class ListFreeCopies(IDbContextFactory<PortalDbContext> databases)
{
    const int Most = 100;

    public async Task<Outcome<IReadOnlyList<FreeCopy>>> RunAsync(Caller caller, int titleId, CancellationToken cancellationToken = default)
    {
        if (CirculationRefusals.UnlessStaff(caller) is { } refusal)
            return refusal;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Copies.Where(copy => copy.TitleId == titleId && copy.State == CopyState.Available)
            .OrderBy(copy => copy.Barcode).Take(Most).Select(copy => new FreeCopy(copy.Barcode, copy.Shelf)).ToListAsync(cancellationToken);
    }
}
